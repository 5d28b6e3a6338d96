"""Which upstream project a package belongs to, the unit of splitting; and which must not be in the corpus."""

import re
from collections.abc import Collection, Iterable

from kenning_training.errors import raise_for

# Packages that hold parts of another one's source.
PROJECT_ALIASES = {
    "openlayers": "ol", "cargo": "rustc", "gtk4": "gtk", "gtk": "gtk-rs", "regex-syntax": "regex", "glib2.0": "glib",
    "gtk-sharp3": "mono", "mono-addins": "mono", "mono-tools": "mono", "cecil": "mono",
    "golang-golang-x-tools": "golang", "golang-golang-x-net": "golang", "docker.io": "docker", "containerd": "docker",
    "kcoreaddons": "kde", "kio": "kde", "scala-xml": "scala", "scala-parser-combinators": "scala",
    "gst-plugins-base1.0": "gstreamer", "gst-plugins-good1.0": "gstreamer", "gst-plugins-bad1.0": "gstreamer",
    "qtdeclarative-opensource-src": "qtbase-opensource-src", "kate": "kde", "ktexteditor": "kde", "okular": "kde",
    "plasma-workspace": "kde", "kwin": "kde", "konsole": "kde", "kdevelop": "kde", "tk8.6": "tcl", "pypy3": "python",
    "evolution": "evolution-data-server", "dafny": "boogie", "mono-upnp": "mono", "mono-zeroconf": "mono",
    "gio": "gtk-rs", "cairo-rs": "gtk-rs", "pango": "gtk-rs", "gdk": "gtk-rs", "sequoia-wot": "sequoia-openpgp",
    "sequoia-ipc": "sequoia-openpgp", "idna": "url", "golang-golang-x-crypto-dev": "golang",
    "golang-golang-x-image-dev": "golang", "icingaweb2-module-director": "icingaweb", "icinga": "icingaweb",
    "golang-github-gopacket-gopacket-dev": "golang-github-google-gopacket-dev", "glib": "gtk-rs", "gtk3": "gnome",
    "onnxruntime-common": "onnxruntime", "onnxruntime-web": "onnxruntime", "opcua-client": "opcua",
    "opcua-server": "opcua", "opcua-address-space": "opcua", "rspec-core": "rspec", "rspec-expectations": "rspec",
    "rspec-mocks": "rspec", "tracing-subscriber": "tracing", "crossbeam-channel": "crossbeam",
    "crossbeam-epoch": "crossbeam", "toml-edit": "toml", "globset": "ripgrep", "ignore": "ripgrep", "rake": "ruby",
    "racc": "ruby", "rubygems": "ruby", "bundler": "ruby", "svn": "subversion", "@react-aria": "react-spectrum",
    "@react-stately": "react-spectrum", "@internationalized": "react-spectrum", "@adobe": "react-spectrum",
    "@livekit": "livekit-client",
    "facter": "puppet", "puppet-agent": "puppet", "kotlinx-coroutines": "kotlin", "git2": "git2-rs",
}  # fmt: skip


def project_of(package: str) -> str:
    """The upstream project of a package, the unit of splitting: a scope is one project, and so are all versions."""
    if package.startswith("@"):
        scope = package[1:].split("/", maxsplit=1)[0].lower()
        return PROJECT_ALIASES.get(f"@{scope}", scope)
    name = re.sub(r"@.*$", "", package).lower()
    name = re.sub(r"^librust-(.*)-dev$", r"\1", name)
    name = re.sub(r"^(rust|ruby|haskell|php|lua|node|python3|lib)-(?=.{3})", "", name)
    if name in PROJECT_ALIASES:
        return PROJECT_ALIASES[name]
    name = re.sub(r"^(expo|prosemirror)-.*", r"\1", name)
    return re.sub(r"-?\d+(\.\d+)*$", "", name) or name


def check_sources(packages: Iterable[str], benchmark: Collection[str]) -> None:
    """`benchmark-source`: no package bears the name of a repository that the product is measured on."""
    offenders = [package for package in packages if _words(package) & {name.lower() for name in benchmark}]
    raise_for("benchmark-source", "packages that the product is measured on", offenders)


def _words(package: str) -> set[str]:
    name = package.lower().lstrip("@")
    return {name, *re.split(r"[-/@_]", name)}
