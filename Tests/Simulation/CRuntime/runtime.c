#include "runtime.h"

#include <stddef.h>

#define SWIFT_CALL __attribute__((swiftcall))

// As the Swift runtime declares them, in Concurrency.h; a job is opaque here.
typedef SWIFT_CALL void enqueue_hook(void *job, void *original);
typedef SWIFT_CALL void delay_hook(unsigned long long delay, void *job, void *original);
typedef SWIFT_CALL void deadline_hook(long long seconds, long long nanoseconds, long long tolerance_seconds,
                                      long long tolerance_nanoseconds, int clock, void *job, void *original);

extern enqueue_hook *swift_task_enqueueGlobal_hook;
extern delay_hook *swift_task_enqueueGlobalWithDelay_hook;
extern deadline_hook *swift_task_enqueueGlobalWithDeadline_hook;

// The executor is two words, both zero for the generic one.
extern SWIFT_CALL void swift_job_run(void *job, void *identity, size_t implementation);

static void (*enqueue_job)(void *job);
static void (*refuse_sleep)(void);
static void (*save_file)(int descriptor);

static SWIFT_CALL void enqueue(void *job, void *original) {
    (void)original;
    enqueue_job(job);
}

static SWIFT_CALL void delay(unsigned long long delay, void *job, void *original) {
    (void)delay, (void)job, (void)original;
    refuse_sleep();
}

static SWIFT_CALL void deadline(long long seconds, long long nanoseconds, long long tolerance_seconds,
                                long long tolerance_nanoseconds, int clock, void *job, void *original) {
    (void)seconds, (void)nanoseconds, (void)tolerance_seconds, (void)tolerance_nanoseconds;
    (void)clock, (void)job, (void)original;
    refuse_sleep();
}

void runtime_replace_thread_pool(void (*enqueue_function)(void *job), void (*refuse_function)(void)) {
    enqueue_job = enqueue_function;
    refuse_sleep = refuse_function;
    swift_task_enqueueGlobal_hook = enqueue;
    swift_task_enqueueGlobalWithDelay_hook = delay;
    swift_task_enqueueGlobalWithDeadline_hook = deadline;
}

void runtime_run_job(void *job) { swift_job_run(job, NULL, 0); }

void runtime_replace_fsync(void (*save)(int descriptor)) { save_file = save; }

// These come before the C library's. The simulated disk is memory, so there is nothing else to do.
int fsync(int descriptor) {
    if (save_file) save_file(descriptor);
    return 0;
}

int fdatasync(int descriptor) { return fsync(descriptor); }
