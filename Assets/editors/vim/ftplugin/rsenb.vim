" Vim filetype plugin
" Language: notebooks of rse, which have the settings of scripts

runtime! ftplugin/rse.vim
