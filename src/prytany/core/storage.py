"""How static files are served: hashed names, compressed, also the imports between scripts."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Names with hashes, so that browsers may keep a file for ever; `import "./x.js"` is rewritten too."""

    support_js_module_import_aggregation = True
