"""Every kind of transcript file that is known, one module each. Where two recognise a file equally well, the earlier reads it."""

from analyzer.transcripts.base import Format
from analyzer.transcripts.formats.assemblyai import ASSEMBLYAI
from analyzer.transcripts.formats.aws_transcribe import AWS_TRANSCRIBE
from analyzer.transcripts.formats.deepgram import DEEPGRAM
from analyzer.transcripts.formats.descript_text import DESCRIPT_TEXT
from analyzer.transcripts.formats.fathom_json import FATHOM_JSON
from analyzer.transcripts.formats.fathom_text import FATHOM_TEXT
from analyzer.transcripts.formats.fireflies import FIREFLIES
from analyzer.transcripts.formats.google_meet import GOOGLE_MEET
from analyzer.transcripts.formats.granola import GRANOLA
from analyzer.transcripts.formats.kaldi import KALDI
from analyzer.transcripts.formats.labelled import LABELLED
from analyzer.transcripts.formats.name_and_time import NAME_AND_TIME
from analyzer.transcripts.formats.otter import OTTER
from analyzer.transcripts.formats.plain import PLAIN
from analyzer.transcripts.formats.podcast_json import PODCAST_JSON
from analyzer.transcripts.formats.rev_json import REV_JSON
from analyzer.transcripts.formats.rev_text import REV_TEXT
from analyzer.transcripts.formats.subrip import SUBRIP
from analyzer.transcripts.formats.tables import CSV
from analyzer.transcripts.formats.teams import TEAMS
from analyzer.transcripts.formats.teams_copy import TEAMS_COPY
from analyzer.transcripts.formats.webvtt import WEBVTT
from analyzer.transcripts.formats.whatsapp import WHATSAPP
from analyzer.transcripts.formats.whisper import WHISPER
from analyzer.transcripts.formats.zoom_captions import ZOOM_CAPTIONS
from analyzer.transcripts.formats.zoom_chat import ZOOM_CHAT

FORMATS: tuple[Format, ...] = (
    WEBVTT,
    LABELLED,
    FIREFLIES,
    FATHOM_JSON,
    GRANOLA,
    REV_JSON,
    AWS_TRANSCRIBE,
    DEEPGRAM,
    ASSEMBLYAI,
    KALDI,
    PODCAST_JSON,
    WHISPER,
    ZOOM_CAPTIONS,
    ZOOM_CHAT,
    WHATSAPP,
    TEAMS,
    TEAMS_COPY,
    GOOGLE_MEET,
    FATHOM_TEXT,
    REV_TEXT,
    DESCRIPT_TEXT,
    CSV,
    OTTER,
    SUBRIP,
    NAME_AND_TIME,
    PLAIN,
)
