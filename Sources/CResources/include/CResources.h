#pragma once

/// Data files that are compiled into the program, so that it ships as one file.
