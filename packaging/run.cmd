@echo off
rem Installs what is missing, then starts the program; arguments are passed on.
setlocal
chcp 65001 >nul
call "%~dp0setup.cmd" run || exit /b 1
cd /d "%~dp0\.."
.venv\Scripts\zoufang.exe %*
