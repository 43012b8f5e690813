"""What the worker does for papers; the libraries that set them are loaded only here."""

from prytany.jobs.tasks import job


@job(attempts=3)
def count(report_id: int) -> None:
    """Count the figures of a status report."""
    from prytany.reporting.services import count_report  # noqa: PLC0415 - jobs are declared before models

    count_report(report_id)


@job(queue="text", attempts=3, timeout=180)
def set_paper(report_id: int, digest: str) -> None:
    """Set the paper with `digest` as DOCX and PDF and keep the files."""
    from prytany.reporting.models import Report  # noqa: PLC0415
    from prytany.reporting.papers import docx, pdf  # noqa: PLC0415 - heavy
    from prytany.reporting.papers.paper import paper_from  # noqa: PLC0415
    from prytany.reporting.services import keep_files, note_failure  # noqa: PLC0415

    report = Report.objects.filter(pk=report_id, digest=digest).exclude(state=Report.State.MADE).first()
    if report is None:
        return
    try:
        paper = paper_from(report.paper)
        keep_files(report_id, digest, {"docx": docx.render(paper), "pdf": pdf.render(paper)})
    except Exception as error:
        note_failure(report_id, digest, type(error).__name__)
        raise
