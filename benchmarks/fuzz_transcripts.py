"""Mutated transcripts by the hundred thousand: `make fuzz`. Nothing but a reading or a refusal may come out of any.

Every specimen of every format is a seed. Hypothesis draws what is done to it: bytes changed, cut out, doubled, moved in from
another specimen, odd tokens put in. A Word document is taken apart first, so that it is its XML that is mutated. Each worker
process stops at the first input that raises anything but Refused or takes over two seconds, has Hypothesis make it smaller and
writes it to a file; the peak memory of a worker, all imports included, must stay under 300 MB.
"""

import argparse
import io
import os
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from analyzer.errors import Refused
from analyzer.transcripts.base import Transcript
from analyzer.transcripts.reading import read_file

ROOT = Path(__file__).resolve().parent.parent
SPECIMENS = ROOT / "tests" / "data" / "transcripts"
LONGEST = 2.0  # seconds for one input
MOST_MEMORY = 300.0  # MB, the whole process
A_ROUND = 1_000  # inputs a run of Hypothesis: what it remembers of them is given back after each
WORKERS = 2
INSIDE = "word/document.xml"

TOKENS = [
    *(b"WEBVTT", b"\n\n", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"00:00:01.000 --> 00:00:00.000", b"99:99:99,999"),
    *(b"Dana: ", b"**Dana:** ", b"[00:04] ", b"Speaker 1  0:02\n", b"<v Dana>", b"</v>", b"&#x202e;", b"&amp;" * 9, b"-->" * 9),
    *(b"null", b"true", b"-1", b"1e999", b"NaN", b'"' * 3, b"{" * 40, b"[" * 40, b"]}" * 9, b'{"segments":[', b"\\ud800"),
    *(
        b"<w:p>",
        b"</w:p>",
        b"<w:tbl>" * 20,
        b"<!DOCTYPE x [<!ENTITY a 'a'>]>",
        b"%PDF-1.7",
        b"endobj",
        b"PK\x03\x04",
        b"stream\n",
    ),
    *("\u7530\u4e2d\uff1a".encode(), "\u202e\u200b\u2028".encode(), b"|" * 50, b"," * 200, b":" * 200, b" " * 500, b"\t" * 50),
]


def _seeds() -> list[bytes]:
    return [p.read_bytes() for p in sorted(SPECIMENS.glob("*/*")) if not p.name.endswith(".expected.json")]


def _opened(seed_: bytes) -> tuple[bytes, bytes | None]:
    """What is mutated of a specimen, and the archive that it is put back into."""
    try:
        with zipfile.ZipFile(io.BytesIO(seed_)) as archive:
            return archive.read(INSIDE), seed_
    except (zipfile.BadZipFile, KeyError):
        return seed_, None


def _closed(mutated: bytes, archive: bytes | None) -> bytes:
    if archive is None:
        return mutated
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, mutated if name == INSIDE else old.read(name))
    return out.getvalue()


@st.composite
def _inputs(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    chosen = draw(st.sampled_from(seeds))
    whole = draw(st.integers(0, 9)) == 0
    data, archive = (chosen, None) if whole else _opened(chosen)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        to = min(len(data), at + draw(st.sampled_from([0, 1, 2, 8, 64, 1024, 1 << 20])))
        match draw(st.integers(0, 5)):
            case 0:
                data = data[:at] + draw(st.binary(min_size=1, max_size=8)) + data[to:]
            case 1:
                data = data[:at] + data[to:]
            case 2:
                data = data[:to] + data[at:to] * draw(st.sampled_from([1, 2, 50])) + data[to:]
                data = data[: 1 << 20]
            case 3:
                data = data[:at] + draw(st.sampled_from(TOKENS)) + data[to:]
            case 4:
                other, _ = _opened(draw(st.sampled_from(seeds)))
                start = draw(st.integers(0, len(other)))
                data = data[:at] + other[start : start + 4096] + data[to:]
            case _:
                data = data[:at]
    return _closed(data, archive)


def _read(data: bytes) -> None:
    """One input, which must be read or refused in time."""
    started = time.perf_counter()
    transcript: Transcript | None
    try:
        transcript = read_file("2026-03-04 fuzz.txt", data)
    except Refused:
        transcript = None
    if transcript:
        _check(transcript)
    took = time.perf_counter() - started
    assert took <= LONGEST, f"took {took:.1f} s"  # noqa: S101


def _check(transcript: Transcript) -> None:
    assert transcript.utterances  # noqa: S101
    assert 0 <= transcript.coverage <= 1  # noqa: S101
    for said in transcript.utterances:
        assert said.text.strip(), "no words"  # noqa: S101
        assert said.speaker.strip(), "no speaker"  # noqa: S101
        assert all(0 <= cue.at < len(said.text) for cue in said.cues), "a caption outside its turn"  # noqa: S101
        said.text.encode()


def work(inputs: int, first_seed: int) -> None:
    """Read so many mutated inputs; raises what the first bad one raised, after writing it to a file."""
    seeds = _seeds()
    last: list[bytes] = []

    def one(data: bytes) -> None:
        last[:] = [data]
        _read(data)

    done = 0
    while done < inputs:
        now = min(A_ROUND, inputs - done)
        run = settings(
            max_examples=now,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )(seed(first_seed + done)(given(data=_inputs(seeds))(one)))
        try:
            run()
        except BaseException:
            bad = ROOT / f"fuzz-{first_seed + done}.bin"
            bad.write_bytes(last[0])
            print(f"bad input written to {bad}", flush=True)
            raise
        done += now
    print(f"{done} inputs from seed {first_seed}, peak {_peak():.0f} MB", flush=True)
    if _peak() > MOST_MEMORY:
        raise SystemExit(f"over {MOST_MEMORY:.0f} MB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Share the inputs among workers; ends with 1 where one of them found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--alone", action="store_true", help="be the only worker, in this process")
    told = parser.parse_args()
    if told.alone:
        work(told.inputs, told.seed)
        return
    each = -(-told.inputs // WORKERS)
    started = time.perf_counter()
    workers = [
        subprocess.Popen(
            [sys.executable, __file__, "--alone", "--inputs", str(each), "--seed", str(told.seed + n * told.inputs)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        for n in range(WORKERS)
    ]
    codes = [worker.wait() for worker in workers]
    print(f"{each * WORKERS} inputs in {time.perf_counter() - started:.0f} s from seed {told.seed}")
    sys.exit(1 if any(codes) else 0)


if __name__ == "__main__":
    main()
