"""What stands in a library for whoever reads it without Radiary, now or in thirty years."""

NAME = "README.txt"
TEXT = """\
This folder was made by Radiary. It can be read without it.

  2024-03-11/                     a day
      CT-yxemwnz6/                an exam: its kind (CT, MR, US, MG ...) and a code for it
          study.json              what it is: series, what each file shows, its SHA-256, what was left out and why
          001-chest/              a series, numbered as the hospital numbered it
              0001-fnp6mqik.png   a picture: any program that shows pictures opens it
              0001-fnp6mqik.dcm   the same, anonymized, with its full depth and measures

.dcm files are DICOM (ISO 12052): free viewers are Weasis, Horos, 3D Slicer and OHIF; for programs there are pydicom and DCMTK.
study.json is text (JSON in UTF-8). Codes stand for names and numbers; what they stand for is in Radiary's state folder alone.
To see whether a file is as it was made, compare the output of `sha256sum FILE` with what study.json says of it.

Hidden folders (.tray, .trash) are Radiary's: what it is making, and what was taken out and can still be brought back. `.radiary`
says that the folder is Radiary's, by a fingerprint of its key; without it Radiary takes the folder for a disk that is away.

On the private shelf, a folder that looks like this one, lies what may show a name. Look before you give any of that to anybody.
This file may be deleted; it is not made again.
"""
