"""What a notice says, as values; who prepared, approved and sent it, as change sets."""

from __future__ import annotations

from riskreg.notices.acts import approve as approve
from riskreg.notices.acts import digest as digest
from riskreg.notices.acts import follow as follow
from riskreg.notices.acts import phase_of as phase_of
from riskreg.notices.acts import prepare as prepare
from riskreg.notices.acts import send as send
from riskreg.notices.acts import send_at_once as send_at_once
from riskreg.notices.at_once import approve_all as approve_all
from riskreg.notices.at_once import awaited as awaited
from riskreg.notices.at_once import prepare_all as prepare_all
from riskreg.notices.at_once import usual_channel as usual_channel
from riskreg.notices.papers import paper as paper
from riskreg.notices.prepared import Item as Item
from riskreg.notices.prepared import PaperKind as PaperKind
from riskreg.notices.prepared import Prepared as Prepared
from riskreg.notices.prepared import contents as contents
from riskreg.notices.prepared import lack_words as lack_words
from riskreg.notices.prepared import language_of as language_of
from riskreg.notices.prepared import missing as missing
from riskreg.notices.prepared import plain_text as plain_text
from riskreg.notices.short_message import MESSAGE_LIMIT as MESSAGE_LIMIT
from riskreg.notices.written import Block as Block
from riskreg.notices.written import Written as Written
