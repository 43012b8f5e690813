"""What `prytany verify` holds true of stored files."""

import hashlib
from collections.abc import Iterator

from prytany.core.consistency import check
from prytany.files import blobs
from prytany.files.models import Blob


@check("files.bytes", "the bytes of every stored file are on disk, whole and unaltered")
def byte_faults() -> Iterator[str]:
    """Yield each blob whose bytes are gone or are not what its row says."""
    for sha256, size in Blob.objects.order_by("pk").values_list("sha256", "size").iterator(2000):
        try:
            with blobs.open_blob(sha256) as file:
                digest = hashlib.sha256()
                while piece := file.read(1024 * 1024):
                    digest.update(piece)
                length = file.tell()
        except FileNotFoundError:
            yield f"{sha256} is missing"
            continue
        if digest.hexdigest() != sha256:
            yield f"{sha256} was altered"
        elif length != size:
            yield f"{sha256} has {length} bytes, its row says {size}"
