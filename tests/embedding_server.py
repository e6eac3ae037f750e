"""An embeddings server on loopback that speaks OpenAI's protocol, and makes its vectors by counting words."""

import json
from dataclasses import dataclass, field

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from vectorstore.embedders import WordHashEmbedder


@dataclass
class EmbeddingServer:
    """Answers in an odd order and at odd lengths, as servers may.

    A `status` other than 200 refuses with `said`; after so many `answers` it fails. `sent` are the texts of each request
    that it answered, `keys` what stood in the header for the key of each that came.
    """

    http: HTTPServer
    sent: list[list[str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    status: int = 200
    said: str = "no"
    answers: int = 1000

    def __post_init__(self) -> None:
        self.http.expect_request("/v1/embeddings", method="POST").respond_with_handler(self._answer)

    @property
    def url(self) -> str:
        return self.http.url_for("/v1")

    @property
    def words(self) -> str:
        """All that was sent."""
        return "\n".join(text for request in self.sent for text in request)

    def _answer(self, request: Request) -> Response:
        self.keys.append(request.headers.get("Authorization", ""))
        if self.status != 200 or not self.answers:
            told = json.dumps({"error": {"message": self.said}})
            return Response(told, status=self.status if self.answers else 500, content_type="application/json")
        self.answers -= 1
        body = json.loads(request.get_data())
        assert body.keys() == {"model", "input", "encoding_format"}
        self.sent.append(body["input"])
        vectors = 3 * WordHashEmbedder().embed(body["input"])
        data = [{"object": "embedding", "index": at, "embedding": row} for at, row in enumerate(vectors.tolist())]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        reply = {"object": "list", "model": body["model"], "data": data[::-1], "usage": usage}
        return Response(json.dumps(reply), content_type="application/json")
