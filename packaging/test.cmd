@echo off
rem Installs what is missing, then runs the tests; arguments are passed on to pytest.
setlocal
chcp 65001 >nul
call "%~dp0setup.cmd" test || exit /b 1
cd /d "%~dp0\.."
set QT_QPA_PLATFORM=offscreen
.venv\Scripts\pytest.exe %*
