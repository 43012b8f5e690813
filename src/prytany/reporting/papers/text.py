"""A paper as plain text, to paste into a chat."""

from prytany.reporting.papers.paper import FSI, LRI, PDI, Paper


def render(paper: Paper) -> str:
    """Return the text of a letter with its list, without head and signature."""
    parts = []
    if paper.to:
        parts.append(f"{paper.to_label} {'; '.join(paper.to)}")
    for block in paper.blocks:
        if block.kind == "items":
            parts.append("\n".join(f"- {item}" for item in block.items))
        elif block.text:
            parts.append(block.text)
    text = "\n\n".join(parts)
    return text if paper.right_to_left else _bare(text)


def _bare(text: str) -> str:
    """Left-to-right text needs no isolates."""
    return text.replace(FSI, "").replace(LRI, "").replace(PDI, "")
