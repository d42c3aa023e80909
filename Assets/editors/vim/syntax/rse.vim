" Vim syntax file
" Language: statements of rse (scripts, and the code of notebooks)
" Written by: rse help --all --vim > Assets/editors/vim/syntax/rse.vim

if exists('b:current_syntax')
  finish
endif
syntax case match
syntax sync minlines=200

" Calls of what is no command
syntax region rseUnknownCall matchgroup=rseUnknown start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\%(-\|\w\|[^\x00-\x7F]\)*\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseAnyOption
syntax match rseAnyOption /\%(^\|\s\)\@1<=\h[[:alnum:]_-]*=/ contained

" Words, values and operators
syntax match rseWord /\%(\%([A-Za-z0-9_\/.~:@%+*?!-]\|[^\x00-\x7F]\)\%([A-Za-z0-9_\/.~:@%+*?!#-]\|[^\x00-\x7F]\)*\)\@>=\@!/ contained
syntax match rseOperator /==\|!=\|<=\|>=\|[-+*\/%^<>]/
syntax match rseDelimiter /[,;]/
syntax match rseContinuation /\\$/
syntax match rseOperator /\.\./
syntax match rseOperator /\<by\>\%(\s*\*\)\=/
syntax match rseKeyword /\<every\>/ contained
syntax match rseNumber /\%(\w\|[.\/]\)\@1<!-\=\%(\d\+\%(\.\d\+\)\=\|\.\d\+\)\%([eE][-+]\=\d\+\)\=\%(Ki\|Mi\|k\|M\)\=\%(\.\=[[:alpha:]_\/]\)\@!/
syntax match rseNumber /\%(\.\.\)\@2<=-\=\%(\d\+\%(\.\d\+\)\=\|\.\d\+\)\%([eE][-+]\=\d\+\)\=\%(Ki\|Mi\|k\|M\)\=\%(\.\=[[:alpha:]_\/]\)\@!/
syntax match rseConstant /\<\%(true\|false\)\>/
syntax match rseLogic /\<\%(not\|and\|or\)\>/
syntax match rseFunction /\<\%(min\|max\|sum\|mean\|std\|median\|percentile\|sort\|abs\|round\|floor\|ceil\|sqrt\|log2\|log\|exp\|length\|record\|table\|group\|names\)\>\ze(/
syntax region rseParen matchgroup=rseDelimiter start=/(/ end=/)/ contains=@rseExpression,rseKeywordEach,rseValueName
syntax match rseValueName /\%([(,]\s*\)\@<=\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\s*==\@!/ contained
syntax match rseKeywordEach /\<i[fn]\>/ contained
syntax match rseKeywordEach /\<for\>/ contained nextgroup=rseForNameEach skipwhite
syntax match rseForNameEach /\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*/ contained nextgroup=rseEachComma skipwhite
syntax match rseEachComma /,/ contained nextgroup=rseForNameEach skipwhite

" Variables and text
syntax match rseReference /\$\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\%(\.\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\|\[\%([^][]\|\[[^][]*\]\)*\]\)*/
syntax match rseReference /\${[^}]*}/
syntax match rseInText /\$\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*/ contained
syntax match rseInText /\${[^}]*}/ contained
syntax match rseEscape /\\\%([nt"\\$]\|$\)/ contained
syntax region rseString start=/"/ skip=/\\./ end=/"/ contains=rseEscape,rseInText
syntax region rseString start=/'/ end=/'/
syntax region rseTailString start=/\%([[:blank:](\[{,=]\)\@1<="/ skip=/\\./ end=/"/ oneline contained contains=rseEscape,rseInText
syntax region rseTailString start=/\%([[:blank:](\[{,=]\)\@1<='/ end=/'/ oneline contained
syntax region rseTailBrace start=/{/ end=/}/ oneline contained contains=rseTailBrace,rseInText,rseTailString

syntax cluster rseExpression contains=rseOperator,rseDelimiter,rseContinuation,rseNumber,rseConstant,rseLogic,rseFunction,rseParen,rseReference,rseString,rseComment
syntax cluster rseArgument contains=rseWord,@rseExpression,rseKeyword,rseInText

" Statements
syntax match rseKeyword /\<\%(if\|else\|assert\|time\)\>/
syntax match rseKeyword /\<let\>/ nextgroup=rseNewName skipwhite
syntax match rseNewName /\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*/ contained nextgroup=rseAssign skipwhite
syntax match rseAssign /=/ contained
syntax region rseParam matchgroup=rseKeyword start=/\<param\>/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=@rseArgument,rseAssign,rseParamName
syntax match rseParamName /\%(\<param\s\+\)\@<=\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*/ contained
syntax region rseFor matchgroup=rseKeyword start=/\<for\>/ end=/$/ end=/\ze{/ contains=@rseArgument,rseIn,rseForName
syntax match rseForName /\%(\<for\s\+\%(\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\s*,\s*\)\=\)\@<=\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*/ contained
syntax match rseIn /\<in\>/ contained
syntax region rseDef matchgroup=rseKeyword start=/\<def\>/ end=/$/ end=/\ze{/ contains=rseDefName,rseDefParen
syntax match rseDefName /\%(\<def\s\+\)\@<=\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\%(-\|\w\|[^\x00-\x7F]\)*/ contained
syntax region rseDefParen matchgroup=rseDelimiter start=/(/ end=/)/ contained contains=@rseExpression,rseDefValue,rseAssign
syntax match rseDefValue /\%([(,]\s*\)\@<=\%(\h\|[^\x00-\x7F]\)\%(\w\|[^\x00-\x7F]\)*\ze\s*[,=)]/ contained
syntax region rseBlock matchgroup=rseDelimiter start=/{/ end=/}/ contains=TOP transparent
syntax match rseComment /\%(^\|\s\)\@1<=#.*$/ contains=@Spell

syntax region rseCall_data matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(data\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_data
syntax match rseOption_data /\%(^\|\s\)\@1<=\%(task\|lengths\|batch\|padding\|alphabet\|count\|hard\|file\|test\|symbols\|inputs\|outputs\|held-out\|window\|input\|multiplier\|gain\|pitch\|noise\|transpose\|path\|split\|lead\|vectors\|words\|vocabulary\|cut\|drop\)=/ contained
highlight default link rseOption_data rseOption
syntax region rseCall_model matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(model\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_model
syntax match rseOption_model /\%(^\|\s\)\@1<=\%(network\|maps\|keep\|schedule\|warmup\|rate\|smoothing\|loss\|clipping\|as\|blocks\|tying\|norm\|convolutions\|layers\|heads\|positions\|direction\|halting\)=/ contained
highlight default link rseOption_model rseOption
syntax region rseCall_train matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(train\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_train
syntax match rseOption_train /\%(^\|\s\)\@1<=\%(steps\|memory\|checkpoint\|keep\|to\|validate\|count\|keep-best\|patience\|log\|of\)=/ contained
highlight default link rseOption_train rseOption
syntax region rseCall_test matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(test\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_test
syntax match rseOption_test /\%(^\|\s\)\@1<=\%(lengths\|count\|hard\|seconds\|predictions\|of\)=/ contained
highlight default link rseOption_test rseOption
syntax region rseCall_compare matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(compare\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_compare
syntax match rseOption_compare /\%(^\|\s\)\@1<=\%(of\|steps\|seconds\|lengths\|count\|spread\|memory\|limit\|longest\)=/ contained
highlight default link rseOption_compare rseOption
syntax region rseCall_sweep matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(sweep\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseAnyOption,rseOption_sweep
syntax match rseOption_sweep /\%(^\|\s\)\@1<=\%(to\|resume\|spread\|verbose\)=/ contained
highlight default link rseOption_sweep rseOption
syntax region rseTail_try matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(try\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace
highlight default link rseTail_try rseText
syntax region rseTail_trace matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(trace\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace,rseOption_trace
highlight default link rseTail_trace rseText
syntax match rseOption_trace /\%(^\|\s\)\@1<=\%(quiet\)=/ contained
highlight default link rseOption_trace rseOption
syntax region rseCall_plot matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(plot\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_plot
syntax match rseOption_plot /\%(^\|\s\)\@1<=\%(figure\|values\|file\|title\|theme\|of\|by\|log\|xrange\|yrange\|xlabel\|ylabel\|legend\|size\|x\|group\|limit\|longest\|pass\|lengths\|count\|hard\|recording\|from\|seconds\|row\|keyboard\|passage\|number\|permutation\|network\|animate\|length\|influence\|y\|error\|smooth\|bins\)=/ contained
highlight default link rseOption_plot rseOption
syntax region rseCall_show matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(show\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_show
syntax match rseOption_show /\%(^\|\s\)\@1<=\%(what\|file\|of\|count\|lengths\|hard\|show\)=/ contained
highlight default link rseOption_show rseOption
syntax region rseTail_route matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(route\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace,rseOption_route
highlight default link rseTail_route rseText
syntax match rseOption_route /\%(^\|\s\)\@1<=\%(network\|steps\|quiet\|n\|seed\|pad\)=/ contained
highlight default link rseOption_route rseOption
syntax region rseTail_quiz matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(quiz\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace,rseOption_quiz
highlight default link rseTail_quiz rseText
syntax match rseOption_quiz /\%(^\|\s\)\@1<=\%(network\|n\|seed\|pad\)=/ contained
highlight default link rseOption_quiz rseOption
syntax region rseCall_answer matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(answer\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_answer
syntax match rseOption_answer /\%(^\|\s\)\@1<=\%(setting\)=/ contained
highlight default link rseOption_answer rseOption
syntax region rseCall_transcribe matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(transcribe\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_transcribe
syntax match rseOption_transcribe /\%(^\|\s\)\@1<=\%(files\|to\|threshold\|release\|smoothing\|shortest\|tempo\|quantise\|reference\|range\|picture\|sound\|probabilities\|page\|of\)=/ contained
highlight default link rseOption_transcribe rseOption
syntax region rseCall_score matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(score\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_score
syntax match rseOption_score /\%(^\|\s\)\@1<=\%(reference\|estimate\|onset\|frames\|pedal\)=/ contained
highlight default link rseOption_score rseOption
syntax region rseCall_render matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(render\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_render
syntax match rseOption_render /\%(^\|\s\)\@1<=\%(notes\|file\|program\|rate\)=/ contained
highlight default link rseOption_render rseOption
syntax region rseCall_save matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(save\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_save
syntax match rseOption_save /\%(^\|\s\)\@1<=\%(file\|moments\|precision\|array\|of\)=/ contained
highlight default link rseOption_save rseOption
syntax region rseCall_load matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(load\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_load
syntax match rseOption_load /\%(^\|\s\)\@1<=\%(file\|array\|changed\|as\)=/ contained
highlight default link rseOption_load rseOption
syntax region rseCall_seed matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(seed\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_seed
syntax match rseOption_seed /\%(^\|\s\)\@1<=\%(number\)=/ contained
highlight default link rseOption_seed rseOption
syntax region rseCall_set matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(set\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_set
syntax match rseOption_set /\%(^\|\s\)\@1<=\%(compare\|strict\|schedule\|rate\|clipping\|threads\)=/ contained
highlight default link rseOption_set rseOption
syntax region rseCall_print matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(print\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_print
syntax match rseOption_print /\%(^\|\s\)\@1<=\%(values\)=/ contained
highlight default link rseOption_print rseOption
syntax region rseCall_write matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(write\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_write
syntax match rseOption_write /\%(^\|\s\)\@1<=\%(file\|table\|digits\|errors\)=/ contained
highlight default link rseOption_write rseOption
syntax region rseCall_read matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(read\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_read
syntax match rseOption_read /\%(^\|\s\)\@1<=\%(file\)=/ contained
highlight default link rseOption_read rseOption
syntax region rseCall_run matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(run\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_run
syntax match rseOption_run /\%(^\|\s\)\@1<=\%(file\)=/ contained
highlight default link rseOption_run rseOption
syntax region rseCall_record matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(record\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_record
syntax match rseOption_record /\%(^\|\s\)\@1<=\%(action\|file\)=/ contained
highlight default link rseOption_record rseOption
syntax region rseCall_replay matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(replay\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_replay
syntax match rseOption_replay /\%(^\|\s\)\@1<=\%(file\|tolerance\)=/ contained
highlight default link rseOption_replay rseOption
syntax region rseCall_history matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(history\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument,rseOption_history
syntax match rseOption_history /\%(^\|\s\)\@1<=\%(what\|file\)=/ contained
highlight default link rseOption_history rseOption
syntax region rseTail_help matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(help\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace
syntax region rseTail_help matchgroup=rseCommand start=/\V?/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ contains=rseInText,rseTailString,rseTailBrace
highlight default link rseTail_help rseText
syntax region rseCall_quit matchgroup=rseCommand start=/\%(\w\|[-.$/]\|[^\x00-\x7F]\)\@1<!\%(quit\)\%(\w\|[-=(.]\|[^\x00-\x7F]\)\@!/ skip=/\\$/ end=/$/ end=/\ze[;}]/ end=/\ze\s#/ end=/\ze{/ contains=@rseArgument

highlight default link rseCommand Function
highlight default link rseKeyword Keyword
highlight default link rseIn Keyword
highlight default link rseKeywordEach Keyword
highlight default link rseForNameEach Identifier
highlight default link rseEachComma Delimiter
highlight default link rseLogic Keyword
highlight default link rseOption Identifier
highlight default link rseFunction Function
highlight default link rseConstant Boolean
highlight default link rseNumber Number
highlight default link rseString String
highlight default link rseTailString String
highlight default link rseEscape SpecialChar
highlight default link rseReference Identifier
highlight default link rseInText Identifier
highlight default link rseNewName Identifier
highlight default link rseParamName Identifier
highlight default link rseForName Identifier
highlight default link rseDefName Function
highlight default link rseDefValue Identifier
highlight default link rseValueName Identifier
highlight default link rseAnyOption Identifier
highlight default link rseOperator Operator
highlight default link rseAssign Operator
highlight default link rseDelimiter Delimiter
highlight default link rseContinuation Special
highlight default link rseComment Comment

let b:current_syntax = 'rse'
