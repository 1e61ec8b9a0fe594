"""Rankings of whole registers: rows come block by block, from Parquet or from a cluster."""

from partnermcda.batch.dask_frames import rank_dask
from partnermcda.batch.frames import rank_frames
from partnermcda.batch.parquet import rank_parquet
from partnermcda.batch.running import Batch
from partnermcda.batch.watching import Progress

__all__ = ["Batch", "Progress", "rank_dask", "rank_frames", "rank_parquet"]
