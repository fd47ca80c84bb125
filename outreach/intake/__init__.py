"""The door: departments' files to typed tables and quarantine."""

from outreach.intake.area_names import AreaNamesError, area_names_file, put_area_names, read_area_names
from outreach.intake.batch import FORMS, Batch, BatchError, Part, open_batch, shown_name
from outreach.intake.conservation import Conservation, check_conservation
from outreach.intake.delivery import DeliveredFile, Delivery
from outreach.intake.extract import intake_extract
from outreach.intake.forms import Glance, glance
from outreach.intake.reader import ReaderError
from outreach.intake.run_tables import begin_run

__all__ = [
    "FORMS",
    "AreaNamesError",
    "Batch",
    "BatchError",
    "Conservation",
    "DeliveredFile",
    "Delivery",
    "Glance",
    "Part",
    "ReaderError",
    "area_names_file",
    "begin_run",
    "check_conservation",
    "glance",
    "intake_extract",
    "open_batch",
    "put_area_names",
    "read_area_names",
    "shown_name",
]
