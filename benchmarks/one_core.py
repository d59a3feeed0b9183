"""Keeps this process and all it starts on one core, so that one thread is compared with one thread."""

import os

# Each library that starts threads of its own reads one of these, once, when it is loaded.
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "TBB_NUM_THREADS")
QUIET = {"GLOG_minloglevel": "2", "TF_CPP_MIN_LOG_LEVEL": "2"}


def keep_to_one_core() -> tuple[int, ...]:
    """To be called before numpy, OpenCV or a network is imported.

    Returns:
        The core, or nothing where the platform (macOS, Windows) cannot keep a process to one. There only the numbers
        of threads are set, and mediapipe, which offers no such setting, may use more.
    """
    os.environ.update(dict.fromkeys(THREADS, "1") | QUIET)
    if not hasattr(os, "sched_setaffinity"):
        return ()
    core = min(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {core})
    return (core,)
