"""Places on the globe."""

import math
from typing import NamedTuple

EARTH_RADIUS_KM = 6371.0
NEAR_KM = 161.0  # a hundred miles, the usual bound of toponym resolution


class Point(NamedTuple):
    """Latitude and longitude in degrees."""

    latitude: float
    longitude: float


def distance_km(one: Point, other: Point) -> float:
    """The great-circle distance (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half_height, half_width = (b - a) / 2, math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_height) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_width) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(chord)))


def is_near(one: Point, other: Point) -> bool:
    """Whether two points lie within 161 km."""
    return distance_km(one, other) <= NEAR_KM
