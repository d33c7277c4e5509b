@echo off
rem Prepares .venv on Windows 10: setup.cmd run ^| test
rem Copies of the locks inside .venv tell whether anything has to be installed anew.
setlocal
chcp 65001 >nul
cd /d "%~dp0\.."
set PIP_DISABLE_PIP_VERSION_CHECK=1
set "INSTALL=.venv\Scripts\python.exe -m pip install --quiet --no-deps --no-build-isolation"

if exist .venv\made.stamp goto :installed
py -3.11 -m venv --clear .venv
if errorlevel 1 (
    type "%~dp0python-missing.txt"
    exit /b 1
)
type nul > .venv\made.stamp

:installed
call :lock build || exit /b 1
call :lock run || exit /b 1
call :project || exit /b 1
if not "%~1"=="test" exit /b 0
call :lock dev || exit /b 1
exit /b 0

:lock
fc /b packaging\%1.lock .venv\%1.lock >nul 2>nul && exit /b 0
%INSTALL% --require-hashes --requirement packaging\%1.lock || exit /b 1
copy /y packaging\%1.lock .venv\%1.lock >nul
exit /b 0

:project
fc /b pyproject.toml .venv\pyproject.toml >nul 2>nul && exit /b 0
%INSTALL% --editable . || exit /b 1
copy /y pyproject.toml .venv\pyproject.toml >nul
exit /b 0
