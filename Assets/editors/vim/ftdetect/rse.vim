autocmd BufNewFile,BufRead *.rsenb setfiletype rsenb
autocmd BufNewFile,BufRead *.rse setfiletype rse
