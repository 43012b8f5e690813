"""Static files as an installation serves them: names with hashes, also inside scripts and stylesheets."""

import re
import shutil

from django.contrib.staticfiles.finders import get_finders

from prytany.core.storage import StaticFiles


def test_scripts_and_styles_name_hashed_files_only(tmp_path):
    storage = StaticFiles(location=tmp_path, base_url="/static/")
    paths = {}
    for finder in get_finders():
        for name, source in finder.list([]):
            whole = f"{source.prefix}/{name}" if getattr(source, "prefix", "") else name
            if whole.startswith(("core/", "build/")) and not name.startswith("."):
                (tmp_path / whole).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source.path(name), tmp_path / whole)
                paths[whole] = (storage, whole)
    assert "core/main.js" in paths, "the fixture found nothing"
    failures = [result for _name, _hashed, result in storage.post_process(paths) if isinstance(result, Exception)]
    assert failures == []
    hashed = [storage.hashed_files[storage.hash_key(storage.clean_name(name))] for name in paths]
    texts = {name: (tmp_path / name).read_text() for name in hashed if name.endswith((".js", ".css"))}
    named = [
        (name, found)
        for name, text in texts.items()
        for found in re.findall(r"(?:import|from|url)\s*\(?[\"'](\.[^\"']+)[\"']", text)
    ]
    assert len(named) > 20
    assert [pair for pair in named if not re.search(r"\.[0-9a-f]{12}\.\w+$", pair[1])] == []
