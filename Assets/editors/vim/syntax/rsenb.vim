" Vim syntax file
" Language: notebooks of rse (.rsenb)

if exists('b:current_syntax')
  finish
endif
runtime! syntax/rse.vim
unlet! b:current_syntax

" The first line, and the lines `key: value` below it
syntax match rsenbVersion /\%1lrsenb\s.*$/ nextgroup=rsenbKey skipnl
syntax match rsenbKey /^\a[[:alnum:]_-]*:/ contained nextgroup=rsenbValue,rsenbKey skipnl
syntax match rsenbValue /.*$/ contained nextgroup=rsenbKey skipnl

" Prose, which is Markdown
syntax match rsenbProse /^#.*$/ contains=rsenbMark,rsenbHeading,rsenbCode,rsenbStrong,rsenbLink,@Spell
syntax match rsenbMark /^# \=/ contained nextgroup=rsenbHeading
syntax match rsenbHeading /#\{1,6}\s.*$/ contained contains=rsenbCode,@Spell
syntax match rsenbCode /`[^`]\+`/ contained
syntax match rsenbStrong /\*\*[^*]\+\*\*/ contained
syntax match rsenbLink /\[[^]]*\]([^)]*)/ contained

" Recorded output: compared by replays, never compared, and the message of a failure
syntax match rsenbStable /^|.*$/
syntax match rsenbVolatile /^\~.*$/
syntax match rsenbFailure /^!.*$/

highlight default link rsenbVersion PreProc
highlight default link rsenbKey PreProc
highlight default link rsenbValue String
highlight default link rsenbProse Comment
highlight default link rsenbMark Comment
highlight default link rsenbHeading Title
highlight default link rsenbCode Special
highlight default link rsenbStrong Special
highlight default link rsenbLink Underlined
highlight default link rsenbStable Normal
highlight default link rsenbVolatile NonText
highlight default link rsenbFailure WarningMsg

let b:current_syntax = 'rsenb'
