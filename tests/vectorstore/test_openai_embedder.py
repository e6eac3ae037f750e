"""The embedder on a server: what is sent, what is made of the answer, and what is said when there is none."""

import json
import logging
import traceback
from pathlib import Path

import numpy as np
import pytest
from pytest_httpserver import HTTPServer

from tests.embedding_server import EmbeddingServer
from tests.vectorstore.samples import BUDGET, HIRING, HOLIDAY, entries
from vectorstore.embedders import WordHashEmbedder
from vectorstore.errors import ServerFailed, WrongEmbedder
from vectorstore.index import PassageIndex
from vectorstore.openai_embedder import CHARACTERS_AT_ONCE, PIECE, TEXTS_AT_ONCE, OpenAIEmbedder

KEY = "sk-very-secret-key"


@pytest.fixture
def server(httpserver: HTTPServer) -> EmbeddingServer:
    return EmbeddingServer(httpserver)


def embedder_on(url: str, *, timeout: float = 10.0) -> OpenAIEmbedder:
    return OpenAIEmbedder(model="text-embedding-3-small", base_url=url, key=lambda: KEY, timeout=timeout, retries=0)


def test_vectors_come_back_in_order_and_of_length_one(server: EmbeddingServer) -> None:
    texts = [BUDGET, HOLIDAY, HIRING, "", "half a pair \ud83d"]
    vectors = embedder_on(server.url).embed(texts)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5))
    assert np.allclose(vectors[:3], WordHashEmbedder().embed(texts[:3]), atol=1e-6)
    assert np.array_equal(embedder_on(server.url).embed_query(HOLIDAY), vectors[1])
    assert server.sent[0] == [BUDGET, HOLIDAY, HIRING, " ", "half a pair ?"]
    assert server.keys == [f"Bearer {KEY}"] * 2


def test_the_key_is_asked_for_once_and_only_when_there_is_a_text(server: EmbeddingServer) -> None:
    asked: list[str] = []

    def key() -> str:
        asked.append("key")
        return ""

    embedder = OpenAIEmbedder(model="m", base_url=server.url, key=key, timeout=10.0)
    assert embedder.identity == f"m@localhost:{server.http.port}"
    assert len(embedder.embed([])) == 0
    assert (asked, server.sent) == ([], [])
    embedder.embed_query(BUDGET)
    embedder.embed_query(HIRING)
    assert (asked, server.sent) == (["key"], [[BUDGET], [HIRING]])


def test_a_question_put_to_many_indexes_is_sent_once(server: EmbeddingServer) -> None:
    embedder = embedder_on(server.url)
    assert np.array_equal(embedder.embed_query(BUDGET), embedder.embed_query(BUDGET))
    assert server.sent == [[BUDGET]]
    assert not np.array_equal(embedder.embed_query(HIRING), embedder.embed_query(BUDGET))
    assert server.sent == [[BUDGET], [HIRING], [BUDGET]]


def test_requests_are_bounded_in_number_and_in_length(server: EmbeddingServer) -> None:
    texts = [f"{number} " * 400 for number in range(100)] + ["short"] * 200
    assert embedder_on(server.url).embed(texts).shape == (300, 256)
    assert [text for request in server.sent for text in request] == texts
    assert max(map(len, server.sent)) == TEXTS_AT_ONCE
    assert max(sum(map(len, request)) for request in server.sent) <= CHARACTERS_AT_ONCE


def test_all_of_a_text_that_is_too_long_for_one_piece_counts(server: EmbeddingServer) -> None:
    long = "The warehouse by the river has stood half empty. " * 100
    embedder = embedder_on(server.url)
    query = embedder.embed_query("merger with a Portuguese bank")
    plain, ended = embedder.embed([long, long + "Then the merger with the Portuguese bank failed. " * 30])
    assert "".join(server.sent[1][:3]) == long
    assert max(len(piece) for piece in server.sent[1]) == PIECE
    assert np.linalg.norm(ended) == pytest.approx(1)
    assert float(ended @ query) > float(plain @ query) + 0.1
    whole = long[:PIECE]
    assert float(embedder.embed_query(whole + "bank") @ embedder.embed_query(whole)) > 0.99


@pytest.mark.parametrize(
    ("status", "what"),
    [
        (401, "refused the key (HTTP 401)"),
        (403, "refused the key (HTTP 403)"),
        (429, "asks to wait (HTTP 429)"),
        (500, "failed (HTTP 500)"),
        (404, "makes no vectors with text-embedding-3-small (HTTP 404)"),
    ],
)
def test_a_refusal_is_one_line_with_a_next_step_and_never_shows_the_key(
    server: EmbeddingServer, caplog: pytest.LogCaptureFixture, status: int, what: str
) -> None:
    caplog.set_level(logging.DEBUG)
    server.status, server.said = status, f"not with {KEY}, not ever"
    embedder = embedder_on(server.url)
    with pytest.raises(ServerFailed) as caught:
        embedder.embed([BUDGET])
    assert caught.value.message == f"localhost:{server.http.port} {what}"
    assert caught.value.hint
    shown = "".join(traceback.format_exception(caught.value)) + caplog.text + repr(embedder) + repr(vars(embedder))
    assert KEY not in shown


@pytest.mark.parametrize(
    "page",
    [
        "<html>Welcome</html>",
        "{}",
        '{"data": []}',
        '{"data": [{"index": 0, "embedding": []}]}',
        '{"data": [{"index": 0, "embedding": [0.0, 0.0]}]}',
        '{"data": [{"index": 0, "embedding": [NaN, 1.0]}]}',
        '{"data": [{"index": 0, "embedding": ["a", "b"]}]}',
        '{"data": [{"index": 0, "embedding": [1.0]}, {"index": 1, "embedding": [1.0]}]}',
    ],
)
def test_an_answer_without_the_vectors_is_told(httpserver: HTTPServer, page: str) -> None:
    kind = "text/html" if page.startswith("<") else "application/json"
    httpserver.expect_request("/v1/embeddings").respond_with_data(page, content_type=kind)
    with pytest.raises(ServerFailed, match="did not answer with vectors"):
        embedder_on(httpserver.url_for("/v1")).embed([BUDGET])


def test_a_server_that_is_not_there_is_asked_once() -> None:
    embedder = embedder_on("http://127.0.0.1:9/v1")
    for _ in range(2):
        with pytest.raises(ServerFailed, match=r"^127\.0\.0\.1:9 cannot be reached$"):
            embedder.embed([BUDGET])


def test_after_a_refused_key_nothing_more_is_sent_and_after_a_wait_it_is(server: EmbeddingServer) -> None:
    for status, asked in ((401, 1), (429, 2)):
        server.status, embedder = status, embedder_on(server.url)
        server.keys.clear()
        for _ in range(2):
            with pytest.raises(ServerFailed):
                embedder.embed([BUDGET])
        assert len(server.keys) == asked, status


def test_an_index_that_it_made_opens_without_the_server_and_needs_the_same_model(server: EmbeddingServer, tmp_path: Path) -> None:
    with PassageIndex(tmp_path, embedder_on(server.url)) as index:
        assert index.search("holidays in the mountains", 1) == index.search("holidays", 1, only={"m_1.1.0"}) == ()
        assert server.sent == []
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY))
        assert index.search("holidays in the mountains", 1)[0].id == "m_1.1.1"
    sent = len(server.sent)
    with PassageIndex(tmp_path, embedder_on(server.url)) as index:
        index.rebuild()
        assert index.check() == ()
        assert len(server.sent) == sent
        answer = {"data": [{"index": 0, "embedding": [1.0, 0.0]}]}
        server.http.clear()
        server.http.expect_request("/v1/embeddings").respond_with_data(json.dumps(answer), content_type="application/json")
        with pytest.raises(WrongEmbedder, match="256 numbers, not 2"):
            index.search("holidays", 1)
        with pytest.raises(WrongEmbedder, match="256 numbers, not 2"):
            index.put("m_2", entries("m_2", HIRING))
    with pytest.raises(WrongEmbedder, match="text-embedding-3-small@localhost"):
        PassageIndex(tmp_path, WordHashEmbedder())
