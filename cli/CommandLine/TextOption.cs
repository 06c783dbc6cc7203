using System.CommandLine;

namespace DaprMoE.Cli;

/// <summary>Options that take a text as it is.</summary>
internal static class TextOption
{
    /// <param name="name">The option.</param>
    /// <param name="value">What its value is called in the help.</param>
    /// <param name="description">What it is for.</param>
    public static Option<string?> Create(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };
}
