"""The dataset in memory: typed records by id, their sources, and what can be asked of them.

>>> import defcoop
>>> ds = defcoop.load()
>>> visit = ds.engagements["eng-tur-syr-damascus-visit"]
>>> [ds.actors[one.actor].kind.value for one in visit.participants]
['person', 'state']
>>> [one.actor.kind.value for one in ds.linked(visit).participants]
['person', 'state']
>>> ds.agreements.where(status="in_force", parties="act-qat")
<2 agreements: agr-qat-tur-joint-defence-cooperation-2017, agr-qat-tur-military-cooperation-2017>
"""

from defcoop.dataset.collection import Collection
from defcoop.dataset.contents import DataError
from defcoop.dataset.contradictions import Contradiction
from defcoop.dataset.core import Dataset
from defcoop.dataset.linked import Linked
from defcoop.dataset.loading import find, load, read_checkout
from defcoop.dataset.losses import Cause, Losses, LostValue

__all__ = [
    "Cause",
    "Collection",
    "Contradiction",
    "DataError",
    "Dataset",
    "Linked",
    "Losses",
    "LostValue",
    "find",
    "load",
    "read_checkout",
]
