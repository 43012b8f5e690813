"""Pictures of the pages of PDF files, drawn by the worker when somebody first wants to look, then kept."""

from prytany.files import blobs
from prytany.files.extraction.reader import picture_of_page
from prytany.files.models import StoredFile
from prytany.jobs.tasks import job


def has_pictures(file: StoredFile) -> bool:
    """Tell whether pages of `file` can be drawn."""
    return file.kind.code == "pdf"


def is_drawn(file: StoredFile, page: int) -> bool:
    """Tell whether the picture of `page` (from 1) is there."""
    return blobs.picture_path(file.blob.sha256, page).exists()


@job(queue="text", attempts=3, timeout=180)
def draw_page(file_id: int, page: int) -> None:
    """Draw one page of a stored PDF and keep the picture; a page that cannot be drawn leaves none."""
    file = StoredFile.objects.select_related("blob").filter(pk=file_id).first()
    if file is None or not has_pictures(file) or is_drawn(file, page):
        return
    path = blobs.path_of(file.blob.sha256)
    picture = picture_of_page(path, page - 1) if path.exists() else None
    if picture:
        blobs.write_picture(file.blob.sha256, page, picture)
