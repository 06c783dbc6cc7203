using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace DaprMoE.Cli;

/// <summary>Everything that is wrong with a command line, one sentence each.</summary>
internal static partial class CommandLineFaults
{
    private const string TextHint = " A text that begins with a dash comes after --.";

    public static IReadOnlyList<string> Of(ParseResult arguments, IReadOnlyList<string> words)
    {
        List<string> empty = [.. EmptyOptions(arguments)];
        return [.. Unknown(arguments, words), .. empty, .. Values(arguments, empty), .. OfCommand(arguments)];
    }

    /// <summary>Words that are no option or command. Beside a wrong option, what it may have taken for its value is not counted.</summary>
    private static IEnumerable<string> Unknown(ParseResult arguments, IReadOnlyList<string> words)
    {
        Command command = arguments.CommandResult.Command;
        string[] known = [.. OptionsOf(arguments).SelectMany(option => option.Aliases.Append(option.Name))];
        List<string> options = [.. UnknownOptions(arguments, words).Except(known)];
        if (options.Count > 0)
        {
            string hint = command.Arguments.Count > 0 ? TextHint : "";
            return options.Select(option => Unknown("option", option, known) + hint);
        }

        return command is RootCommand
            ? arguments.UnmatchedTokens.Take(1).Select(word => Unknown("command", word, [.. command.Subcommands.Select(sub => sub.Name)]))
            : arguments.UnmatchedTokens.Select(word => $"'{word}' is one word too many; a text of several words stands in quotes.").Take(1);
    }

    private static IEnumerable<string> UnknownOptions(ParseResult arguments, IReadOnlyList<string> words)
    {
        HashSet<string> taken = [.. ArgumentWords(arguments)];
        return words
            .TakeWhile(word => word != "--")
            .Where(word => taken.Contains(word) && OptionLike().IsMatch(word))
            .Select(word => word.Split('=')[0]);
    }

    private static string Unknown(string kind, string word, string[] known) => NearestWord.Of(word, known) is { } near
        ? $"There is no {kind} {word}; did you mean {near}?"
        : $"There is no {kind} {word}.";

    /// <summary>Words that no option took.</summary>
    private static IEnumerable<string> ArgumentWords(ParseResult arguments) => arguments.CommandResult.Children
        .OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens)
        .Select(token => token.Value)
        .Concat(arguments.UnmatchedTokens);

    private static IEnumerable<Option> OptionsOf(ParseResult arguments) =>
        arguments.CommandResult.Command.Options
            .Concat(arguments.RootCommandResult.Command.Options.Where(option => option.Recursive))
            .Distinct();

    private static IEnumerable<string> EmptyOptions(ParseResult arguments) => arguments.CommandResult.Children
        .OfType<OptionResult>()
        .Where(option => option.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
        .Select(option => $"{option.Option.Name} is empty; give it a value or leave it out.");

    /// <summary>What the parser found of values. Of unknown words and empty values more is said above.</summary>
    private static IEnumerable<string> Values(ParseResult arguments, List<string> empty)
    {
        HashSet<string> unmatched = [.. arguments.UnmatchedTokens];
        return arguments.Errors
            .Select(error => error.Message)
            .Where(message => !unmatched.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)))
            .Where(message => !empty.Any(fault => message.StartsWith(fault.Split(' ')[0] + " is ", StringComparison.Ordinal)))
            .Distinct();
    }

    private static IEnumerable<string> OfCommand(ParseResult arguments) =>
        arguments.CommandResult.Command is CliCommand command ? command.Faults(arguments) : [];

    [GeneratedRegex("^--?[A-Za-z][A-Za-z0-9-]*(=.*)?$")]
    private static partial Regex OptionLike();
}
