"""Series out of a store: the same observations as through whole reports, found without opening them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import extractor
from extractor.archive import Store
from extractor.statistics import Observation, build_series, points_frame, select_observations, with_derived
from extractor.statistics.series import FRAME_COLUMNS

RETAIL = "retail_services_total"
PLACE = "quận Minh Giang"


@pytest.fixture(scope="module")
def store(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    opened, actor = Store.open_local(tmp_path_factory.mktemp("kho") / "kho.sqlite")
    for path in sorted((root / "corpus").glob("*-2023-*.md")):
        opened.add_extraction(extractor.extract(path), path, actor=actor)
    return opened


def in_order(observations: tuple[Observation, ...]) -> list[Observation]:
    return sorted(observations, key=lambda o: (o.source, o.start, o.measure, o.origin, o.period.label))


def bare(observations: tuple[Observation, ...]) -> list[Observation]:
    return [replace(o, sentence="") for o in in_order(observations)]


@pytest.mark.parametrize("area", [None, PLACE, "Minh Giang", "Thanh Giang"])
def test_looked_up_is_sifted_out(store: Store, area: str | None) -> None:
    everything, _ = store.observations(judged_only=False)
    names = sorted({o.indicator for o in everything if o.indicator.startswith("~")})[::9]
    for asked in (RETAIL, "Giá trị sản xuất công nghiệp", "pubinv_disbursed", "poor_households", *names):
        sifted = select_observations(everything, indicator=asked, area=area)
        found = select_observations(store.find_observations(asked, area=area, judged_only=False), area=area)
        assert bare(found) == bare(sifted), asked
        for one, other in zip(in_order(found), in_order(sifted), strict=True):
            assert other.sentence in one.sentence  # a heading that runs into its text is not cut off
        assert found or area is not None


def test_a_series_is_a_frame(store: Store) -> None:
    frame = store.series(RETAIL, area=PLACE, freq="Q", judged_only=False)
    assert list(frame.columns) == list(FRAME_COLUMNS)
    assert list(frame["period"]) == ["2022-Q1", "2023-Q1", "2023-Q2", "2023-Q3"]
    assert str(frame["value"].iloc[1]) == "1338640000000"
    text = next(store.reading_of(i.id).text for i in store.items() if i.number == frame["report"].iloc[1])
    assert text[int(frame["char_start"].iloc[1]) : int(frame["char_end"].iloc[1])] == frame["quote"].iloc[1]
    everything, _ = store.observations(judged_only=False)
    assert len(points_frame(with_derived(build_series(everything)))) == len(store.series(judged_only=False))


def test_the_heading_of_a_project_goes_along(tmp_path: Path) -> None:
    text = (
        "II. ĐẦU TƯ CÔNG\n1. Giải ngân: quý I ước 20.585 triệu đồng.\n"
        "2. Dự án cải tạo Trường THCS Cửa Đình\nGiải ngân đến ngày 08/3/2023: 705 triệu đồng.\n"
    )
    report = tmp_path / "a.md"
    report.write_text(f"ỦY BAN NHÂN DÂN QUẬN MINH GIANG\n\nBÁO CÁO\nquý I năm 2023\n\n{text}", "utf-8")
    opened, actor = Store.open_local(tmp_path / "kho.sqlite")
    read = extractor.extract(report)
    opened.add_extraction(read, report, actor=actor)
    found = opened.find_observations("pubinv_disbursed", judged_only=False)
    opened.close()
    assert {o.scope for o in found} == {"", "dự án cải tạo trường thcs cửa đình"}


def test_only_what_people_stand_behind(store: Store) -> None:
    actor = next(iter(store.people()))
    assert store.series("exp_local", area=PLACE).empty
    [record] = [r for r in store.queue(limit=10_000) if r.indicator_id == "exp_local" and r.period == "2023-Q1"][:1]
    store.accept(record.id, record.version, actor=actor)
    frame = store.series("exp_local", area=record.area)
    assert frame.loc[frame["reviewed"], "period"].tolist() == ["2023-Q1"]
    assert store.find_observations("exp_local", area="xã Không Có", judged_only=False) == ()
