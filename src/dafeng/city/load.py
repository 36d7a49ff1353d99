"""Loading a city pack: every file read, every reference followed, every fault of all files reported at once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from pydantic import BaseModel, ConfigDict, Field

from dafeng.city import names, parameters, rules
from dafeng.city.check import check_model, check_targets
from dafeng.city.city import City
from dafeng.documents import Document
from dafeng.domains import find
from dafeng.domains import known as known_domains
from dafeng.errors import Collector, Fault, NotFound, UnitError, suggestion
from dafeng.facts import pack, stored
from dafeng.facts.indicator import Indicator
from dafeng.facts.observation import Observation
from dafeng.facts.series import Facts
from dafeng.kernel import Datum, Model, Variable, variables_of
from dafeng.labels import Label
from dafeng.plan import loader
from dafeng.plan.plans import Origin, Plans
from dafeng.store import database as databases
from dafeng.store import yamlfile

PACKS = Path(__file__).resolve().parent.parent / "cities"
_REFERENCES = Path(__file__).resolve().parent.parent / "domains" / "references.yaml"
_loaded: dict[tuple[str, str, tuple[str, ...]], City] = {}
#: Packs kept in memory: an imported fact makes a new version, and a server must not keep them all.
_KEPT = 4


class CityFile(BaseModel):
    """The content of city.yaml: which city it is, and the domains whose formulas its model is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    label: Label
    domains: tuple[str, ...] = ()


class DocumentsFile(BaseModel):
    """The content of documents.yaml."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[Document, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Imported:
    """What people have imported for a city: observations, withdrawn ones among them, and their documents."""

    observations: tuple[Observation, ...] = ()
    documents: Mapping[str, Document] = field(default_factory=dict)


def load(name: str | Path, database: str | None = None, *, domains: Sequence[ModuleType] = ()) -> City:
    """Load a city pack by the name it comes with, or from the folder it lies in.

    Facts imported into the database at the URL `database` are added; it is never created. `domains` are further
    modules of formulas. A pack that has not changed is loaded once for each process.

    Raises:
        NotFound: there is no such pack.
        FaultsFound: with every fault of every file.
    """
    folder = find_pack(name)
    version = _version(folder, _stamp(database, folder))
    key = (str(folder), version, tuple(module.__name__ for module in domains))
    if key not in _loaded:
        faults = Collector(folder.name)
        city = _read(folder, version, _imported(database, folder), domains, faults)
        faults.done()
        assert city is not None  # noqa: S101 - a pack without faults is a city
        while len(_loaded) >= _KEPT:
            _loaded.pop(next(iter(_loaded)))
        _loaded[key] = city
    return _loaded[key]


def check(name: str | Path, *, domains: Sequence[ModuleType] = ()) -> list[Fault]:
    """List every fault of a city pack, in the order of its files; an empty list is a sound pack.

    Raises:
        NotFound: there is no such pack.
    """
    folder = find_pack(name)
    faults = Collector(folder.name)
    _read(folder, "", Imported(), domains, faults)
    return faults.faults


def find_pack(name: str | Path) -> Path:
    """Find the folder of a pack, by the name it comes with or by its path.

    Raises:
        NotFound: with the names of the packs that come with dafeng.
    """
    known = packs()
    if str(name) in known:
        return PACKS / str(name)
    folder = Path(name).expanduser()
    if (folder / "city.yaml").is_file():
        return folder.resolve()
    raise NotFound("city pack", str(name), known)


def packs() -> tuple[str, ...]:
    """List the packs that come with dafeng."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/city.yaml")))


def _read(
    folder: Path, version: str, imported: Imported, domains: Sequence[ModuleType], faults: Collector
) -> City | None:
    file = yamlfile.read(folder / "city.yaml", faults)
    about = yamlfile.parse(CityFile, file, faults) if file else None
    declared, origin = loader.read_file(DocumentsFile, folder / "documents.yaml", faults)
    documents = _documents(declared, origin, faults)
    known_documents = {*documents, *origin.declared.get("documents", ())} if declared else None
    plans = loader.read(folder, faults)
    places = _place_names(plans) if plans.places else None
    facts = _facts(folder, faults, known_documents, places)
    rules_file = yamlfile.read(folder / "rules.yaml", faults)
    ruled = rules.read(rules_file, faults) if rules_file else None
    given, labels = parameters.read(folder / "parameters", documents, faults)
    model = _model(about, file, domains, faults)
    if about is not None and file is not None and plans.places and about.id not in {p.id for p in plans.places}:
        faults.add(
            "unknown-place", file.place("id"), f"no place is called '{about.id}'", "Name the city in places.yaml"
        )
    indicators = {**_labelled(model), **facts.indicators} if facts and facts.indicators else {}
    check_targets(plans, indicators, known_documents, faults)
    if about is None or model is None or facts is None or not indicators:
        return None
    city = City(
        id=about.id,
        label=about.label,
        folder=folder,
        version=version,
        plan_files=plans,
        documents={**imported.documents, **documents},
        indicators=indicators,
        facts=Facts((*facts.observations, *imported.observations), indicators),
        axes=facts.axes,
        rules=ruled,  # type: ignore[arg-type]  # a pack whose rules could not be read has a fault and is not given out
        model=model,
        parameters=_used(given, model),
        stated=given,
        labels={**names.formulas(), **labels},
    )
    check_model(city, set(given), faults)
    return city


def _facts(
    folder: Path, faults: Collector, documents: Collection[str] | None, places: Mapping[str, str] | None
) -> pack.Pack | None:
    """Read the facts; None where an indicator has a unit that is none, so that its rows cannot be held against it."""
    try:
        return pack.read(folder, faults, documents=documents, places=places)
    except UnitError:
        if any(fault.code == "unknown-unit" for fault in faults.faults):
            return None
        raise


def _documents(declared: DocumentsFile | None, origin: Origin, faults: Collector) -> dict[str, Document]:
    """Give the documents by id: those that formulas follow, and those of the pack, which go before."""
    followed, _ = loader.read_file(DocumentsFile, _REFERENCES, faults)
    documents = {document.id: document for document in followed.documents} if followed else {}
    first: dict[str, str] = {}
    for index, document in enumerate(declared.documents if declared else ()):
        place = origin.at("documents", index, "id")
        if document.id in first:
            message = f"the document '{document.id}' is declared twice (first at {first[document.id]})"
            faults.add("duplicate-id", place, message, "Keep one of the two")
        first.setdefault(document.id, place)
        documents[document.id] = document
    return documents


def _place_names(plans: Plans) -> dict[str, str]:
    names = {name: place.id for place in plans.places for name in (place.label.zh, place.label.en)}
    return {**names, **{place.id: place.id for place in plans.places}}


def _model(
    about: CityFile | None, file: yamlfile.YamlFile | None, further: Sequence[ModuleType], faults: Collector
) -> Model | None:
    if about is None or file is None:
        return None
    modules: list[ModuleType] = []
    for at, name in enumerate(about.domains):
        try:
            modules.append(find(name))
        except NotFound:
            hint = suggestion(name, known_domains(), f"The domains are {', '.join(known_domains())}")
            faults.add("unknown-domain", file.place("domains", at), f"no domain is called '{name}'", hint)
    outputs: Iterable[Variable] = variables_of(*modules, *further)
    return Model(*outputs)


def _labelled(model: Model | None) -> dict[str, Indicator]:
    variables = model.variables() if model else ()
    return names.declared({variable.id: (variable.label, variable.unit) for variable in variables})


def _used(given: dict[str, Datum], model: Model) -> dict[str, Datum]:
    return {id: datum for id, datum in given.items() if id in model.graph.inputs}


def _version(folder: Path, imports: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.suffix in (".yaml", ".csv")):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    digest.update(imports.encode())
    return digest.hexdigest()[:16]


def _no_file(database: str) -> bool:
    """Tell whether the URL is that of an SQLite file which is not there: SQLAlchemy is half of the start."""
    path = database.removeprefix("sqlite:///")
    return path != database and "?" not in path and not Path(path).is_file()


def _about(database: str | None, folder: Path) -> CityFile | None:
    """Read which city a pack is, where there is a database that may hold imports of it."""
    if database is None or _no_file(database) or not databases.exists(database):
        return None
    scratch = Collector(folder.name)
    file = yamlfile.read(folder / "city.yaml", scratch)
    return yamlfile.parse(CityFile, file, scratch) if file else None


def _stamp(database: str | None, folder: Path) -> str:
    """Give a text that changes with every import and every undoing, without reading the figures."""
    about = _about(database, folder)
    if database is None or about is None:
        return ""
    with databases.open(database) as opened:
        return stored.version(opened, about.id)


def _imported(database: str | None, folder: Path) -> Imported:
    about = _about(database, folder)
    if database is None or about is None:
        return Imported()
    with databases.open(database) as opened:
        return Imported(stored.observations(opened, about.id), stored.documents(opened, about.id))
