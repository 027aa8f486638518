"""The words of charts in English and Arabic; what is not here is a field's or a term's own name."""

from __future__ import annotations

from typing import Literal, get_args

from defcoop.errors import InputError

Lang = Literal["en", "ar"]
"""A language that charts are labelled in."""

_ARABIC = {
    # record types, in the plural
    "agreements": "اتفاقيات",
    "deployments": "انتشار قوات",
    "exercises": "تمارين",
    "engagements": "لقاءات وأنشطة",
    # dates of a record
    "signed": "التوقيع",
    "in force": "دخول حيز النفاذ",
    "ratified": "التصديق",
    "ends": "الانتهاء",
    "mandate": "التفويض",
    # stances
    "asserted": "مؤكد",
    "alleged": "مزعوم",
    "planned": "مخطط له",
    "possible": "محتمل",
    "denied": "منفي",
    "opinion": "رأي",
    # voices
    "seed": "النص نفسه",
    "quoted": "متحدث مسمى",
    "relayed": "وسيلة إعلام أخرى",
    "anonymous": "مصدر غير مسمى",
    # what becomes of a passage
    "dismissed": "مستبعد",
    "cited": "مستشهد به",
    "neither": "لا هذا ولا ذاك",
    # ties of states
    "agreed": "اتفاق",
    "deployed": "انتشار",
    "exercised": "تمرين",
    "met": "لقاء ونشاط",
    "traded": "تجارة",
    # measures
    "order": "طلبيات",
    "delivery": "تسليمات",
    "licence": "تراخيص",
    "contract value": "قيمة عقد",
    "notification": "إخطار",
    "donation": "هبة",
    "milex": "إنفاق عسكري",
    "economic cooperation": "تعاون اقتصادي",
    # genres
    "interview": "مقابلة",
    "news report": "خبر",
    "news analysis": "تحليل إخباري",
    # bounds, and numbers
    "about": "نحو",
    "at least": "على الأقل",
    "more than": "أكثر من",
    "at most": "على الأكثر",
    "less than": "أقل من",
    "best": "الأرجح",
    "thousand": "ألف",
    "million": "مليون",
    "billion": "مليار",
    "trillion": "تريليون",
    # titles
    "When cooperation was agreed, sent, trained and met": "متى جرى التعاون: اتفاقيات وانتشار وتمارين ولقاءات",
    "Which states cooperate, and how": "أي الدول تتعاون، وكيف",
    "Amounts of trade and aid, as told": "مبالغ التجارة والمساعدات كما وردت",
    "What of each text is coded": "ما رُمِّز من كل نص",
    # facts below titles
    "dates": "التواريخ",
    "records": "السجلات",
    "of": "من",
    "sources": "المصادر",
    "states": "الدول",
    "figures": "الأرقام",
    "not shown": "غير معروض",
    "states not shown": "دول غير معروضة",
    "passages cited": "المقاطع المستشهد بها",
    "passages dismissed": "المقاطع المستبعدة",
    # explanations below titles
    "Pale: at some time in it. Full: all through it. Dot: on that day. Arrow: no limit told.": (
        "فاتح: في وقت ما ضمنه. غامق: طوال المدة. نقطة: في ذلك اليوم. سهم: بلا حد معلوم."
    ),
    "Ministries, forces and office-holders stand for their state. Width and number: records.": (
        "الوزارات والقوات وأصحاب المناصب يمثلون دولتهم. العرض والرقم: عدد السجلات."
    ),
    "Ministries, forces and office-holders stand for their state. Width: records.": (
        "الوزارات والقوات وأصحاب المناصب يمثلون دولتهم. العرض: عدد السجلات."
    ),
    "Dashed: none of the records tells it as done, but as planned, permitted or alleged.": (
        "متقطع: لا سجل يذكر أنه تم، بل أنه مخطط له أو مسموح به أو مزعوم."
    ),
    "Dot: the amount told; hollow: about. Bar: from the least to the most. Arrow: or more, or less. Never added up.": (
        "نقطة: المبلغ المذكور، وفارغة: نحو. شريط: من الأدنى إلى الأعلى. سهم: أو أكثر، أو أقل. لا تُجمع المبالغ."
    ),
    "* The text does not say whose currency it is.": "* لا يذكر النص لأي دولة هذه العملة.",
    "Bars: passages that carry values, by {by}, or that were dismissed. White: neither.": (
        "الأشرطة: مقاطع تحمل قيمًا بحسب {by}، أو مستبعدة. أبيض: لا هذا ولا ذاك."
    ),
    # axes and legends
    "year": "السنة",
    "year and month": "السنة والشهر",
    "told as": "ورد على أنه",
    "stance": "درجة التأكيد",
    "voice": "صاحب القول",
    "records that tell of having": "سجلات عن",
    "reliability": "الموثوقية",
    ",": "،",
    "place in the text (code points)": "الموضع في النص (محارف)",
    "amount in": "المبلغ بعملة",
    "measure": "المقياس",
    # nothing to show
    "Nothing to show: no record here has a date.": "لا شيء يُعرض: ما من سجل هنا له تاريخ.",
    "Nothing to show: no record here ties two states.": "لا شيء يُعرض: ما من سجل هنا يربط دولتين.",
    "Nothing to show: there is no trade figure here.": "لا شيء يُعرض: لا أرقام تجارة هنا.",
    "Nothing to show: there is no source here.": "لا شيء يُعرض: لا مصدر هنا.",
}


def checked(lang: str) -> Lang:
    """Take a language that charts can be labelled in.

    Raises:
        ValueError: if it is another.
    """
    for known in get_args(Lang):
        if lang == known:
            language: Lang = known
            return language
    msg = f"charts are labelled in {' or '.join(get_args(Lang))}, not in {lang!r}"
    raise InputError(msg)


def say(words: str, lang: Lang) -> str:
    """Say English words in a language.

    >>> say("agreements", "en"), say("agreements", "ar") != "agreements"
    ('agreements', True)
    """
    return _ARABIC.get(words, words) if lang == "ar" else words
