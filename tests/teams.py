"""Three teams who start datasets of their own: what each answers, its invented text, and five records of it.

Each has a peacekeeping mission, an exercise of four states, a state that no longer exists and a sum in two currencies.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FOLDERS = {"dep": "deployments", "exe": "exercises", "agr": "agreements", "trd": "trade_figures"}


@dataclass(frozen=True)
class Team:
    """A team: the answers to `defcoop init`, and of its text the sentences and what is read in each."""

    answers: Mapping[str, Any]
    opening: str
    mission: str
    exercise: str
    agreement: str
    sums: str
    said: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.answers["name"])

    @property
    def seed(self) -> str:
        return f"{self.answers['seed_prefixes'][0]}-101"

    @property
    def sentences(self) -> tuple[str, ...]:
        return self.opening, self.mission, self.exercise, self.agreement, self.sums

    @property
    def text(self) -> str:
        return "".join(f"{line}\n" for line in self.sentences)

    def _passage(self, phrase: str) -> dict[str, Any]:
        start = self.text.index(phrase)
        digest = hashlib.sha256(phrase.encode()).hexdigest()
        return {"passage": [start, start + len(phrase)], "digest": digest}

    def _entry(self, passage: str, quote: str, *supports: str, reasoning: str = "") -> dict[str, Any]:
        assert len(quote) <= 80
        assert quote in passage
        assert passage in self.text
        more = {"basis": "inferred", "reasoning": reasoning} if reasoning else {"basis": "explicit"}
        said = {"voice": "seed", "stance": "asserted", **more, "supports": [*supports]}
        return {"seed": self.seed, "quote": quote, **self._passage(passage), **said}

    def card(self) -> dict[str, Any]:
        """The source card of the text."""
        source = self.text.encode()
        return {
            "id": self.seed,
            "file": "text.txt",
            "sha256": hashlib.sha256(source).hexdigest(),
            "bytes": len(source),
            "code_points": len(self.text),
            "language": self.answers["languages"][0],
            "description": "An invented report.",
            "genre": "news_report",
            "publisher_reasoning": "An invented text has no publisher.",
            "published": "2032-06/..",
            "published_reasoning": "June 2032 is told as past.",
            "reliability": "F",
            "reliability_reasoning": "It is invented.",
            "slant": "None that matters here.",
            "dismissed": [
                {
                    **self._passage(self.opening),
                    "reason": "page_furniture",
                    "note": "A line that says what the text is.",
                }
            ],
        }

    def records(self) -> list[dict[str, Any]]:
        """The five records."""
        return [self._mission(), self._exercise(), self._agreement(), self._sum("own"), self._sum("other")]

    def _mission(self) -> dict[str, Any]:
        said = self.said["mission"]
        quote, size = said["quote"], said["size"]
        return {
            "id": f"dep-{self.name}-mission",
            "names": [{"text": "A peacekeeping mission", "lang": "en", "kind": "editorial"}],
            "summary": f"{size} soldiers in a peacekeeping mission.",
            "sender": said["sender"],
            "hosts": [said["host"]],
            "mission": "peacekeeping",
            "personnel": "troops",
            "size": {"best": size, "bound": "exact", "unit": "persons"},
            "start": "2032-05",
            "status": "deployed",
            "absent": dict.fromkeys(["posture", "legal_basis", "mandate", "facility"], "not_reported"),
            "evidence": [
                self._entry(self.mission, quote, "sender", "hosts", "mission", "personnel", "size", "status"),
                self._entry(said["since"], said["since"], "start"),
            ],
        }

    def _exercise(self) -> dict[str, Any]:
        said = self.said["exercise"]
        return {
            "id": f"exe-{self.name}-2032",
            "names": [{"text": said["name"], "lang": self.answers["languages"][0], "kind": "reported"}],
            "summary": "An exercise of four states.",
            "participants": [{"actor": actor, "role": "participant"} for actor in said["actors"]],
            "period": "2032-06",
            "status": "held",
            "absent": {"kind": "not_reported", "place": "not_reported"},
            "evidence": [
                self._entry(self.exercise, said["quote"], "participants", "status"),
                self._entry(said["name"], said["name"], "names"),
                self._entry(said["when"], said["when"], "period"),
            ],
        }

    def _agreement(self) -> dict[str, Any]:
        said = self.said["agreement"]
        return {
            "id": f"agr-{self.name}-1974",
            "names": [{"text": "An agreement on training", "lang": "en", "kind": "editorial"}],
            "summary": "An agreement of 1974 with a state that is no more.",
            "instrument": "agreement",
            "laterality": "bilateral",
            "parties": [*said["parties"]],
            "subjects": ["training"],
            "signed": "1974",
            "status": "signed",
            "absent": {
                **dict.fromkeys(["entry_into_force", "term"], "not_reported"),
                **dict.fromkeys(["scope", "dca"], "unknown"),
            },
            "evidence": [
                self._entry(self.agreement, said["quote"], "instrument", "parties", "subjects", "signed", "status"),
                self._entry(self.agreement, said["quote"], "laterality", reasoning="Two parties are named."),
            ],
        }

    def _sum(self, which: str) -> dict[str, Any]:
        said = self.said["sums"]
        amount, currency, quote = said[which]
        own, twin = (
            f"trd-{self.name}-boats-{said[side][1].lower()}" for side in (which, "other" if which == "own" else "own")
        )
        return {
            "id": own,
            "names": [{"text": f"An order of boats, in {currency}", "lang": "en", "kind": "editorial"}],
            "summary": "What patrol boats are to cost, told in two currencies.",
            "measure": "order",
            "partners": [said["seller"], said["buyer"]],
            "direction": "first_to_second",
            "amount": {"best": amount, "bound": "exact", "currency": currency, "currency_stated": True},
            "as_reported": quote,
            "possibly_same_as": [{"record": twin, "reason": "One sum, told in two currencies."}],
            "absent": {"period": "not_reported", "price_basis": "not_reported"},
            "evidence": [
                self._entry(self.sums, said["order"], "measure", "partners", "direction"),
                self._entry(quote, quote, "amount"),
            ],
        }

    def write(self, folder: Path) -> None:
        """Put the text, its card and the five records into the dataset that the team has started."""
        (folder / "seeds/text/text.txt").write_bytes(self.text.encode())
        files = {f"dataset/{FOLDERS[record['id'][:3]]}/{record['id']}.yaml": record for record in self.records()}
        for path, body in {f"seeds/{self.seed}.yaml": self.card(), **files}.items():
            text = yaml.safe_dump(body, allow_unicode=True, sort_keys=False, width=10_000)
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


NORDIC = Team(
    {
        "name": "nordic-chilean",
        "title": "Nordic and Chilean defence cooperation",
        "description": "Who trained with whom between the Nordic states and Chile.",
        "licence": "CC0-1.0",
        "contributors": [{"name": "Ada Holm", "family": "Holm", "orcid": "0000-0002-1825-0097"}],
        "languages": ["en"],
        "covers": ["Acts of the Nordic states and Chile since 1970."],
        "seed_prefixes": ["seed"],
    },
    "This text is invented.",
    "Norway sent 40 soldiers to the peacekeeping mission in Cyprus, where they have been since May 2032.",
    "In June 2032 Chile, Norway, Sweden and Finland held the exercise Cold Strait.",
    "In 1974 Czechoslovakia and Chile signed an agreement on training.",
    "Chile ordered patrol boats from Norway for 900 million Norwegian kroner, or 80 million euros.",
    {
        "mission": {
            "sender": "act-nor", "host": "act-cyp", "size": 40, "since": "since May 2032",
            "quote": "Norway sent 40 soldiers to the peacekeeping mission in Cyprus",
        },
        "exercise": {
            "name": "Cold Strait", "actors": ["act-chl", "act-nor", "act-swe", "act-fin"], "when": "In June 2032",
            "quote": "Chile, Norway, Sweden and Finland held the exercise",
        },
        "agreement": {
            "parties": ["act-csk", "act-chl"],
            "quote": "In 1974 Czechoslovakia and Chile signed an agreement on training",
        },
        "sums": {
            "seller": "act-nor", "buyer": "act-chl", "order": "Chile ordered patrol boats from Norway",
            "own": (900_000_000, "NOK", "900 million Norwegian kroner"),
            "other": (80_000_000, "EUR", "80 million euros"),
        },
    },
)  # fmt: skip

MAGHREB = Team(
    {
        "name": "maghreb",
        "title": "التعاون الدفاعي في المغرب العربي",
        "description": "سجلات التعاون الدفاعي بين دول المغرب العربي وغيرها.",
        "licence": "CC-BY-4.0",
        "contributors": [{"name": "مرصد المغرب العربي"}],
        "languages": ["ar"],
        "covers": ["أعمال التعاون الدفاعي لدول المغرب العربي منذ عام 1970."],
        "seed_prefixes": ["seed-mag"],
    },
    "هذا النص مختلق.",
    "أرسل المغرب 300 جندي إلى بعثة حفظ السلام في جمهورية أفريقيا الوسطى منذ مايو 2032.",
    "وفي يونيو 2032 أجرت الجزائر وتونس وموريتانيا وليبيا تمرين رياح الصحراء.",
    "وفي عام 1974 وقعت يوغوسلافيا والجزائر اتفاقية للتدريب.",
    "وطلبت تونس من إسبانيا زوارق دورية بقيمة 90 مليون دينار تونسي، أي 30 مليون يورو.",
    {
        "mission": {
            "sender": "act-mar", "host": "act-caf", "size": 300, "since": "منذ مايو 2032",
            "quote": "أرسل المغرب 300 جندي إلى بعثة حفظ السلام في جمهورية أفريقيا الوسطى",
        },
        "exercise": {
            "name": "رياح الصحراء", "actors": ["act-dza", "act-tun", "act-mrt", "act-lby"], "when": "يونيو 2032",
            "quote": "أجرت الجزائر وتونس وموريتانيا وليبيا تمرين",
        },
        "agreement": {
            "parties": ["act-yug", "act-dza"],
            "quote": "وفي عام 1974 وقعت يوغوسلافيا والجزائر اتفاقية للتدريب",
        },
        "sums": {
            "seller": "act-esp", "buyer": "act-tun", "order": "طلبت تونس من إسبانيا زوارق دورية",
            "own": (90_000_000, "TND", "90 مليون دينار تونسي"), "other": (30_000_000, "EUR", "30 مليون يورو"),
        },
    },
)  # fmt: skip

ANATOLIA = Team(
    {
        "name": "anadolu-savunma",
        "title": "Türkiye ve komşularının savunma iş birliği",
        "description": "Türkiye ile komşuları arasındaki savunma iş birliğinin kayıtları.",
        "licence": "CC-BY-SA-4.0",
        "contributors": [{"name": "Ayşe Yıldız", "family": "Yıldız"}],
        "languages": ["tr"],
        "covers": ["Türkiye ve komşularının 1970'ten beri savunma alanındaki işleri."],
        "seed_prefixes": ["seed-ana"],
    },
    "Bu metin kurgudur.",
    "Türkiye, Somali'deki barış gücüne 120 asker gönderdi; askerler Mayıs 2032'den beri orada.",
    "Haziran 2032'de Türkiye, Azerbaycan, Gürcistan ve Pakistan Bozkır Rüzgârı tatbikatını yaptı.",
    "1974'te Yugoslavya ile Türkiye bir eğitim anlaşması imzaladı.",
    "Türkiye, İtalya'ya 2 milyar Türk lirası, yani 50 milyon avro değerinde devriye botu sipariş etti.",
    {
        "mission": {
            "sender": "act-tur", "host": "act-som", "size": 120, "since": "Mayıs 2032'den beri",
            "quote": "Türkiye, Somali'deki barış gücüne 120 asker gönderdi",
        },
        "exercise": {
            "name": "Bozkır Rüzgârı", "actors": ["act-tur", "act-aze", "act-geo", "act-pak"], "when": "Haziran 2032'de",
            "quote": "Türkiye, Azerbaycan, Gürcistan ve Pakistan Bozkır Rüzgârı tatbikatını yaptı",
        },
        "agreement": {
            "parties": ["act-yug", "act-tur"],
            "quote": "1974'te Yugoslavya ile Türkiye bir eğitim anlaşması imzaladı",
        },
        "sums": {
            "seller": "act-ita", "buyer": "act-tur",
            "order": "Türkiye, İtalya'ya 2 milyar Türk lirası, yani 50 milyon avro değerinde devriye b",
            "own": (2_000_000_000, "TRY", "2 milyar Türk lirası"), "other": (50_000_000, "EUR", "50 milyon avro"),
        },
    },
)  # fmt: skip

TEAMS = (NORDIC, MAGHREB, ANATOLIA)
