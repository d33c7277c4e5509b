; The set-up: for the whole computer where that is allowed, for one account otherwise.
; /S says nothing, /AllUsers and /CurrentUser choose, /D=FOLDER (the last word) says where.
; Ends with 2 while the program is open, with 3 where a newer one is installed.

Unicode true
Target amd64-unicode
ManifestDPIAware true
SetCompressor /SOLID lzma
SetCompressorDictSize 64
SetDatablockOptimize on
CRCCheck force

!define NAME "走访帮扶登记系统"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\zoufang"
!define KIND "zoufang.package"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_INSTDIR "zoufang"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "InstallLocation"

!include MultiUser.nsh
!include MUI2.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

Name "${NAME}"
OutFile "zoufang-setup.exe"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "zoufang.ico"
!define MUI_UNICON "zoufang.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "side.bmp"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "安装前请先关闭${NAME}。$\r$\n$\r$\n装过旧版本的，直接装上就是新版本，数据原样保留。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\zoufang.exe"
!define MUI_FINISHPAGE_RUN_TEXT "打开${NAME}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "只删除程序。登记的数据留在电脑上，以后装上还能接着用。"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

; Windows lets nobody write to a program that runs.
!macro REFUSE_WHILE_OPEN
  IfFileExists "$INSTDIR\zoufang.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\zoufang.exe" a
  IfErrors 0 released
    MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME}还开着。请先关闭，再做一遍。" /SD IDOK
    SetErrorLevel 2
    Quit
  released:
  FileClose $0
  closed:
!macroend

; All of the old version goes: what a newer one no longer has would be found by it.
!macro REMOVE_PROGRAM
  !include "removal.nsh"
!macroend

Function .onInit
  SetRegView 64
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "需要 Windows 10 或更新的 64 位系统。" /SD IDOK
    SetErrorLevel 4
    Quit
  ${EndIf}
  !insertmacro MULTIUSER_INIT
FunctionEnd

Function un.onInit
  SetRegView 64
  !insertmacro MULTIUSER_UNINIT
FunctionEnd

Section
  ReadRegStr $1 SHCTX "${UNINSTALL}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} "$1" "${VERSION}" $2
    ${If} $2 == 1
      MessageBox MB_OK|MB_ICONEXCLAMATION "已经装了更新的版本 $1，不用再装 ${VERSION}。" /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
  !insertmacro REFUSE_WHILE_OPEN
  !insertmacro REMOVE_PROGRAM
  SetOutPath "$INSTDIR"
  File /r "zoufang\*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  ; Everybody at this computer works with the same data; it is encrypted.
  ${If} $MultiUser.InstallMode == "AllUsers"
    ReadEnvStr $0 PROGRAMDATA
    CreateDirectory "$0\zoufang\data"
    nsExec::Exec 'icacls "$0\zoufang" /grant "*S-1-5-32-545:(OI)(CI)M"'
    Pop $1
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\zoufang.exe"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\zoufang.exe"

  WriteRegStr SHCTX "Software\Classes\.zfpkg" "" "${KIND}"
  WriteRegStr SHCTX "Software\Classes\${KIND}" "" "走访帮扶报送文件"
  WriteRegStr SHCTX "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\package.ico"
  WriteRegStr SHCTX "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\zoufang.exe" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  WriteRegStr SHCTX "${UNINSTALL}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL}" "DisplayIcon" "$INSTDIR\zoufang.exe"
  WriteRegStr SHCTX "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
  WriteRegStr SHCTX "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
  WriteRegDWORD SHCTX "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section Uninstall
  !insertmacro REFUSE_WHILE_OPEN
  !insertmacro REMOVE_PROGRAM
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  ReadRegStr $1 SHCTX "Software\Classes\.zfpkg" ""
  ${If} $1 == "${KIND}"
    DeleteRegKey SHCTX "Software\Classes\.zfpkg"
  ${EndIf}
  DeleteRegKey SHCTX "Software\Classes\${KIND}"
  DeleteRegKey SHCTX "${UNINSTALL}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
