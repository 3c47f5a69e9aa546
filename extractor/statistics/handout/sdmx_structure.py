"""The structure that SDMX data refer to: data structure, code lists and concepts, as an SDMX-JSON 2.0 message.

In: the rows of the data, as they are written. Out: a message that names every code of theirs, so that a program that
knows nothing of us reads ``INDICATOR=REV_STATE`` as what it is. Codes and names come from the rows and the catalogue;
the time of the message is that of the newest report, since nothing here asks a clock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.domain.messages import say
from extractor.domain.period import issue_bounds
from extractor.statistics.catalogue import indicators

WORDS = "exports.csv"
AGENCY, VERSION = "SOLIEU", "1.0.0"
SCHEMA = "https://json.sdmx.org/2.0.0/sdmx-json-structure-schema.json"
URN = "urn:sdmx:org.sdmx.infomodel."
EPOCH = "1980-01-01"
"""The day of a message whose reports bear no date."""

DIMENSIONS = (*("FREQ", "REF_AREA", "INDICATOR", "MEASURE", "SCOPE", "PRICE_BASIS", "ACCUMULATION", "UNIT_MEASURE"),)
ATTRIBUTES = (
    *("UNIT_MULT", "DECIMALS", "OBS_STATUS", "REPORTED_STATUS", "VINTAGE", "SOURCE_DOC", "SOURCE_SPAN"),
    *("INDICATOR_NAME", "AREA_NAME", "COMMENT"),
)
CODED = frozenset({*DIMENSIONS, "OBS_STATUS", "REPORTED_STATUS"})
LISTS = {"REPORTED_STATUS": "OBS_STATUS"}
"""Components that share the code list of another."""

OTHER, NOT_APPLICABLE = "_O", "_Z"

Names = dict[str, str]


def structure_of(rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The structure message of data ``rows`` (``sdmx_rows``)."""
    given = list(rows)
    days = [bounds[1].isoformat() for row in given if (bounds := issue_bounds(row["VINTAGE"]))]
    used = (*DIMENSIONS, "OBS_STATUS")
    message = {
        "meta": {
            "schema": SCHEMA,
            "id": "SOLIEU_FIGURES",
            "prepared": f"{max(days, default=EPOCH)}T00:00:00Z",
            "contentLanguages": ["vi", "en"],
            "sender": {"id": AGENCY},
        },
        "data": {
            "conceptSchemes": [_concepts()],
            "codelists": [_codelist(name, _codes(name, given)) for name in used],
            "dataStructures": [_data_structure()],
            "dataflows": [
                {
                    **_identity("FIGURES", _said("sdmx.FIGURES")),
                    "structure": f"{URN}datastructure.DataStructure={AGENCY}:FIGURES({VERSION})",
                }
            ],
        },
    }
    return json.dumps(message, ensure_ascii=False, indent=1).encode("utf-8")


def _said(key: str) -> Names:
    return {language: say(WORDS, key, language) for language in ("vi", "en")}


def _identity(name: str, names: Names) -> dict[str, Any]:
    own = {"id": name, "agencyID": AGENCY, "version": VERSION, "isExternalReference": False}
    return {**own, "name": names["vi"], "names": names}


def _concepts() -> dict[str, Any]:
    every = (*DIMENSIONS, "TIME_PERIOD", "OBS_VALUE", *ATTRIBUTES)
    concepts = [{"id": c, "name": _said(f"sdmx.{c}")["vi"], "names": _said(f"sdmx.{c}")} for c in every]
    return {**_identity("CONCEPTS", _said("sdmx.CONCEPTS")), "concepts": concepts}


def _codelist(name: str, codes: Mapping[str, Names]) -> dict[str, Any]:
    written = [{"id": code, "name": names["vi"], "names": names} for code, names in sorted(codes.items())]
    return {**_identity(f"CL_{name}", _said(f"sdmx.{name}")), "codes": written}


def _codes(name: str, rows: Sequence[Mapping[str, Any]]) -> dict[str, Names]:
    """Every code of a component that the rows use, with its names."""
    columns = [name, *(other for other, owner in LISTS.items() if owner == name)]
    found: dict[str, Names] = {}
    for row in rows:
        for column in columns:
            code = str(row[column])
            if code not in found:
                found[code] = _names_of(name, code, row)
    return found


def _names_of(name: str, code: str, row: Mapping[str, Any]) -> Names:
    if code in {OTHER, NOT_APPLICABLE}:
        return _said(f"sdmx.{code}")
    if name == "INDICATOR":
        entry = indicators().get(code.lower())
        own = str(row["INDICATOR_NAME"])
        return {"vi": entry.name_vi, "en": entry.name_en} if entry else {"vi": own, "en": own}
    if name == "REF_AREA":
        return dict.fromkeys(("vi", "en"), str(row["AREA_NAME"] or code))
    keys = {"FREQ": "freq", "MEASURE": "measure", "OBS_STATUS": "obs_status", "ACCUMULATION": "sdmx"}
    return _said(f"{keys[name]}.{code}") if name in keys else dict.fromkeys(("vi", "en"), code)


def _data_structure() -> dict[str, Any]:
    dimensions = [{**_component(name), "position": at, "type": "Dimension"} for at, name in enumerate(DIMENSIONS, 1)]
    time = {
        "id": "TIME_PERIOD",
        "conceptIdentity": _concept("TIME_PERIOD"),
        "type": "TimeDimension",
        "localRepresentation": {"format": {"dataType": "ObservationalTimePeriod"}},
    }
    attributes = [
        {**_component(name), "usage": "optional", "attributeRelationship": {"observation": {}}} for name in ATTRIBUTES
    ]
    value = {
        "id": "OBS_VALUE",
        "conceptIdentity": _concept("OBS_VALUE"),
        "usage": "optional",
        "localRepresentation": {"format": {"dataType": "Decimal"}},
    }
    return {
        **_identity("FIGURES", _said("sdmx.FIGURES")),
        "dataStructureComponents": {
            "dimensionList": {"id": "DimensionDescriptor", "dimensions": dimensions, "timeDimension": time},
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
            "measureList": {"id": "MeasureDescriptor", "measures": [value]},
        },
    }


def _component(name: str) -> dict[str, Any]:
    owner = LISTS.get(name, name)
    kind: dict[str, Any] = {"format": {"dataType": "Integer" if name in {"UNIT_MULT", "DECIMALS"} else "String"}}
    if name in CODED:
        kind = {"enumeration": f"{URN}codelist.Codelist={AGENCY}:CL_{owner}({VERSION})"}
    return {"id": name, "conceptIdentity": _concept(name), "localRepresentation": kind}


def _concept(name: str) -> str:
    return f"{URN}conceptscheme.Concept={AGENCY}:CONCEPTS({VERSION}).{name}"
