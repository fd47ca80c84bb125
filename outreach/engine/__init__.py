"""Where SQL runs: the working warehouse of one run and the models of ``sql/``."""

from outreach.engine.models import Model, ModelResult, build, load_models, uncompressed
from outreach.engine.stop import STOP, StoppedError, StopRequest
from outreach.engine.warehouse import Warehouse, durable, transaction

__all__ = [
    "STOP",
    "Model",
    "ModelResult",
    "StopRequest",
    "StoppedError",
    "Warehouse",
    "build",
    "durable",
    "load_models",
    "transaction",
    "uncompressed",
]
