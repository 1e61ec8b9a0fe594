"""Sets of partners: who together covers what a service needs."""

from partnermcda.alliances.cities import CityCoalition, Coalitions
from partnermcda.alliances.everywhere import coalitions
from partnermcda.alliances.finding import coalition
from partnermcda.alliances.front import CoalitionFront, pareto
from partnermcda.alliances.plans import Plan
from partnermcda.alliances.result import Coalition

__all__ = [
    "CityCoalition",
    "Coalition",
    "CoalitionFront",
    "Coalitions",
    "Plan",
    "coalition",
    "coalitions",
    "pareto",
]
