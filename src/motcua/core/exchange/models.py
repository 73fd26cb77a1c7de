"""The outbox table; hand-written SQL in `outbox` and `delivery` serves it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Message(models.Model):
    """Thông điệp: one thing to tell one receiver; its id is the receiver's idempotency key.

    * `receiver` is text such as `party:12` or `agency:5`; order is kept within a receiver.
    * `channel` names the carrier, `topic` what the message is about, `payload` is JSON text.
    * `dossier` is a plain number: the outbox stands below the dossiers and outlives them.
    * `next_try`: nobody touches the message before; while it is being sent this is the lease.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Chờ gửi"
        SENT = "sent", "Đã gửi"
        DEAD = "dead", "Không gửi được, cần người xem"
        DROPPED = "dropped", "Đã bỏ, không gửi nữa"

    receiver = models.CharField(max_length=80)
    channel = models.CharField(max_length=40)
    topic = models.CharField(max_length=80)
    payload = models.TextField()
    dossier = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveIntegerField(default=0)
    next_try = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "thông điệp"
        indexes = [
            models.Index(
                fields=["receiver", "id"], name="message_waiting", condition=Q(state="waiting")
            ),
            models.Index(fields=["id"], name="message_dead", condition=Q(state="dead")),
            models.Index(fields=["receiver", "id"], name="message_receiver"),
            models.Index(fields=["dossier", "id"], name="message_dossier"),
        ]
