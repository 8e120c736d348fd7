"""The lines with which bash, zsh and fish ask `radiary` what can be typed next.

Click has lines of its own and the protocol; these differ in what follows a setting: `quiet_seconds=` is typed on without a
space, after `=` files are offered, and what a command does is shown whole in fish, commas included.
"""

from click.shell_completion import BashComplete, FishComplete, ZshComplete


class BashLines(BashComplete):
    """Bash takes `=` for a word of its own."""

    source_template = r"""%(complete_func)s() {
    local IFS=$'\n' answer type value equals=$COMP_CWORD
    [[ ${COMP_WORDS[equals]} == '=' ]] || ((equals -= 1))
    if [[ $equals -gt 1 && ${COMP_WORDS[equals]} == '=' && ${COMP_WORDS[equals - 2]} == '--set' ]]; then
        COMPREPLY=()
        compopt -o default
        return 0
    fi
    for answer in $(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete $1); do
        IFS=',' read -r type value <<< "$answer"
        case $type in
            dir) COMPREPLY=(); compopt -o dirnames ;;
            file) COMPREPLY=(); compopt -o default ;;
            plain) COMPREPLY+=("$value"); [[ $value != *= ]] || compopt -o nospace ;;
        esac
    done
    return 0
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class ZshLines(ZshComplete):
    """Zsh reads three lines for each: its type, itself, and what it is or `_`."""

    source_template = r"""#compdef %(prog_name)s

%(complete_func)s() {
    local -a plain explained unfinished answer
    local type key said
    (( ! $+commands[%(prog_name)s] )) && return 1

    if [[ ${words[CURRENT-1]} == --set ]] && compset -P 1 '*='; then
        _files
        return
    fi
    answer=("${(@f)$(env COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT-1)) %(complete_var)s=zsh_complete %(prog_name)s)}")
    for type key said in ${answer}; do
        case $type in
            plain)
                if [[ $key == *= ]]; then
                    unfinished+=("$key")
                elif [[ $said == _ ]]; then
                    plain+=("$key")
                else
                    explained+=("$key:$said")
                fi ;;
            dir) _path_files -/ ;;
            file) _path_files -f ;;
        esac
    done
    [[ -z $explained ]] || _describe -V unsorted explained -U
    [[ -z $plain ]] || compadd -U -V unsorted -a plain
    [[ -z $unfinished ]] || compadd -U -V unsorted -S '' -a unfinished
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    %(complete_func)s "$@"
else
    compdef %(complete_func)s %(prog_name)s
fi
"""


class FishLines(FishComplete):
    """Fish adds no space after `=` by itself."""

    source_template = r"""function %(complete_func)s_paths
    set -l home (string escape --style=regex -- $HOME)
    __fish_complete_path (string replace --regex '^~(?=/|$)' "$HOME" -- $argv[1]) | string replace --regex "^$home/" '~/'
end

function %(complete_func)s
    set -l before (commandline --cut-at-cursor --current-process --tokenize)
    set -l begun (commandline --cut-at-cursor --current-token)
    if test "$before[-1]" = --set; and string match --quiet '*=*' -- $begun
        set -l parts (string split --max 1 = -- $begun)
        for path in (%(complete_func)s_paths $parts[2])
            echo $parts[1]=$path
        end
        return
    end
    set -l answer (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) %(prog_name)s)
    for one in $answer
        set -l parts (string split --max 1 , -- $one)
        switch $parts[1]
            case dir file
                %(complete_func)s_paths $parts[2]
            case plain
                echo $parts[2]
        end
    end
end

complete --no-files --command %(prog_name)s --arguments "(%(complete_func)s)"
"""


SHELLS = {"bash": BashLines, "zsh": ZshLines, "fish": FishLines}
"""What `radiary completion` writes for each."""
