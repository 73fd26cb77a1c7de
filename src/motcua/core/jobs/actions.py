"""What an operator may do to the queue."""

from __future__ import annotations

from datetime import datetime

from motcua.core.sql import Sql, act
from motcua.kernel.errors import Refused

_RETRY = Sql(
    """
    UPDATE jobs_job SET state = 'ready', tries = 0, run_at = %s, finished_at = NULL, worker = ''
    WHERE id = %s AND state = 'dead' AND NOT EXISTS (
      SELECT 1 FROM jobs_job twin
      WHERE twin.unique_key = jobs_job.unique_key AND twin.state IN ('ready', 'running'))
    """
)

_DROP = Sql("UPDATE jobs_job SET state = 'dropped' WHERE id = %s AND state = 'dead'")


class NotRetried(Refused):
    """The job is not dead (any more), or a job with its key is already waiting or running."""

    code = "jobs.not_retried"
    vi = (
        "Việc nền số {job_id} không chạy lại được: việc này không ở trạng thái hỏng, hoặc một việc "
        "cùng khóa đang chờ hay đang chạy. Tải lại danh sách."
    )
    en = (
        "Job {job_id} was not retried: it is not dead, or a job with its key is waiting or "
        "running. Reload the list."
    )
    status = 409


def retry_dead(job_id: int, *, at: datetime) -> None:
    """Put a dead job back into the queue, with all its tries; raises `NotRetried`."""
    with act() as tx:
        if not tx.run(_RETRY, at, job_id):
            raise NotRetried(job_id=job_id)


def drop_dead(job_id: int) -> None:
    """Put a dead job away for good; raises `NotRetried` where it is not dead."""
    with act() as tx:
        if not tx.run(_DROP, job_id):
            raise NotRetried(job_id=job_id)
