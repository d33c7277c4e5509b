/* fsync and fdatasync that take 2 ms longer, as on the disks of office PCs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

static void wait_2_ms(void)
{
    const struct timespec pause = {0, 2000000};
    nanosleep(&pause, 0);
}

int fsync(int file)
{
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    wait_2_ms();
    return real(file);
}

int fdatasync(int file)
{
    static int (*real)(int);
    if (!real)
        real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    wait_2_ms();
    return real(file);
}
