/* Starts the program with the interpreter that lies beside it.

   Built twice: for the window, and with -DCONSOLE for commands, whose output belongs in a console.
   The interpreter is loaded into this process, so that Windows shows its name and sign. */

#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <shellapi.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768

typedef int (*Main)(int, wchar_t **);

static int refuse(const wchar_t *words)
{
#ifndef CONSOLE
    MessageBoxW(NULL, words, L"走访帮扶登记系统", MB_OK | MB_ICONWARNING);
#else
    (void)words;
#endif
    return 1;
}

/* Py_Main of the interpreter; what it needs itself lies beside it. */
static Main load(void)
{
    static wchar_t path[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, path, LONGEST);
    wchar_t *name = length && length < LONGEST - 32 ? wcsrchr(path, L'\\') : NULL;
    if (name == NULL)
        return NULL;
    wcscpy(name, L"\\python\\python311.dll");
    HMODULE library = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    return library ? (Main)(void (*)(void))GetProcAddress(library, "Py_Main") : NULL;
}

static int start(int count, wchar_t **given)
{
    static wchar_t *before[] = {L"-B", L"-m", L"app"};
    const int more = sizeof before / sizeof *before;
    SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    wchar_t **words = calloc(count + more + 1, sizeof *words);
    Main run = load();
    if (run == NULL || words == NULL)
        return refuse(L"程序的文件不全，打不开。请重新运行安装程序，数据不会少。");
    words[0] = given[0];
    for (int i = 0; i < more; i++)
        words[1 + i] = before[i];
    for (int i = 1; i < count; i++)
        words[more + i] = given[i];
    int status = run(count + more, words);
    /* The program says by itself why it ends with another status. */
    return status == 1 ? refuse(L"程序没有打开。请重新运行安装程序，数据不会少。") : status;
}

#ifdef CONSOLE
int wmain(int count, wchar_t **given)
{
    return start(count, given);
}
#else
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, wchar_t *line, int show)
{
    (void)self, (void)before, (void)line, (void)show;
    int count = 0;
    wchar_t **given = CommandLineToArgvW(GetCommandLineW(), &count);
    return given ? start(count, given) : 1;
}
#endif
