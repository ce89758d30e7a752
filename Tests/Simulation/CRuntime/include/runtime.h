#pragma once

/// Hands every job that would go to the Swift runtime's thread pool to a function instead, and calls another where
/// somebody asks to sleep on a real clock.
void runtime_replace_thread_pool(void (*enqueue)(void *job), void (*refuse_sleep)(void));

/// Runs a job that belongs to no executor.
void runtime_run_job(void *job);

/// Calls a function in place of every fsync and fdatasync of this process, those of its libraries included.
void runtime_replace_fsync(void (*save)(int descriptor));
