; The installer for one user: no administrator, no service, no network. Compiled on Windows with Inno Setup 6:
;   iscc /DVersion=1.0.0 packaging\windows\installer.iss
; after ``python packaging\build.py`` has made dist\xxgk. Reports and the user's data are never touched by it.
; This file begins with a byte order mark: without one Inno Setup before 6.3 reads it in the code page of the PC.

#ifndef Version
  #error Give the version: iscc /DVersion=1.0.0
#endif

[Setup]
AppId={{6C0E2C50-6C0B-4F3C-9C62-3F0F8D6A7E11}
AppName=政府信息公开年报编制工具
AppVersion={#Version}
VersionInfoVersion={#Version}
DefaultDirName={localappdata}\Programs\xxgk
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
ChangesAssociations=yes
CloseApplications=yes
OutputDir=..\..\dist
OutputBaseFilename=xxgk-{#Version}-setup
Compression=lzma2
SolidCompression=yes
SetupIconFile=..\..\build\xxgk\application.ico
UninstallDisplayIcon={app}\xxgk.exe
WizardStyle=modern

[Languages]
#if FileExists(CompilerPath + "Languages\ChineseSimplified.isl")
Name: "zh"; MessagesFile: "compiler:Languages\ChineseSimplified.isl"
#else
  #pragma message "ChineseSimplified.isl is not in the compiler's Languages folder: the installer will speak English"
Name: "en"; MessagesFile: "compiler:Default.isl"
#endif

[Files]
Source: "..\..\dist\xxgk\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs

[InstallDelete]
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{autoprograms}\政府信息公开年报编制工具"; Filename: "{app}\xxgk.exe"
Name: "{autodesktop}\政府信息公开年报编制工具"; Filename: "{app}\xxgk.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.xxgk"; ValueType: string; ValueData: "xxgk.report"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\.xxgk\OpenWithProgids"; ValueType: string; ValueName: "xxgk.report"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\xxgk.report"; ValueType: string; ValueData: "政府信息公开年报"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\xxgk.report\DefaultIcon"; ValueType: string; ValueData: "{app}\xxgk.exe,0"
Root: HKA; Subkey: "Software\Classes\xxgk.report\shell\open\command"; ValueType: string; ValueData: """{app}\xxgk.exe"" ""%1"""

[Run]
Filename: "{app}\xxgk.exe"; Description: "现在打开"; Flags: nowait postinstall skipifsilent
