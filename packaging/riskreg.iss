; Inno Setup 6.3 or newer: installs what `python dev.py build` made, for one user and without an administrator.
;
;   ISCC /DVersion=0.1.0 packaging\riskreg.iss
;
; Not run where it was written, on Linux. Registers and preferences are never touched, also not on removal.
; Inno Setup brings no Chinese of its own, so setup speaks English; the program speaks the user's language.

#ifndef Version
  #error Say which version: /DVersion=0.1.0
#endif
#define Name "Personal data breach and risk register"

[Setup]
; names the program for ever: setup finds an older version by it
AppId={{A2BCB3F8-4234-492D-8D9F-2A67BBCB69DB}
AppName={#Name}
AppVersion={#Version}
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\Riskreg
DisableDirPage=auto
DisableProgramGroupPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\LICENSE
OutputDir=..\dist
OutputBaseFilename=riskreg-{#Version}-windows-setup
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
CloseApplications=yes
UninstallDisplayName={#Name}
UninstallDisplayIcon={app}\riskreg.exe

[InstallDelete]
; what an older version had and this one does not
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\dist\riskreg\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{userprograms}\{#Name}"; Filename: "{app}\riskreg.exe"

[Registry]
; a register opens with a double click
Root: HKCU; Subkey: "Software\Classes\.riskreg"; ValueType: string; ValueData: "Riskreg.Register"; Flags: uninsdeletevalue uninsdeletekeyifempty
Root: HKCU; Subkey: "Software\Classes\Riskreg.Register"; ValueType: string; ValueData: "Register"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Riskreg.Register\shell\open\command"; ValueType: string; ValueData: """{app}\riskreg.exe"" ""%1"""

[Run]
Filename: "{app}\riskreg.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
