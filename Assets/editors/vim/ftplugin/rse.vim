" Vim filetype plugin
" Language: scripts and notebooks of rse
"
" let g:rse_folding = 1   folds at the headings of the prose
" let g:rse_lsp = 0       leaves out the language server (Neovim)

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=b:# commentstring=#\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=2 softtabstop=2
setlocal suffixesadd=.rsenb,.rse
let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth<'
      \ .. ' softtabstop< suffixesadd< makeprg< foldmethod< foldexpr<'

" `:make` replays a notebook and runs a script.
let &l:makeprg = 'rse ' .. (&filetype ==# 'rsenb' ? 'replay' : 'run') .. ' %:S'

if get(g:, 'rse_folding', 0)
  function! RseFold(line) abort
    let heading = matchstr(getline(a:line), '^# \=\zs#\{1,6}\ze\s')
    return heading ==# '' ? '=' : '>' .. len(heading)
  endfunction
  setlocal foldmethod=expr foldexpr=RseFold(v:lnum)
endif

if has('nvim') && get(g:, 'rse_lsp', 1) && executable('rse')
  lua require('rse').start()
endif
