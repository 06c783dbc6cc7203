using System.CommandLine;
using DaprMoE.ExpertHost;

namespace DaprMoE.Cli;

/// <summary>Options that take a number of bytes, with a unit or without.</summary>
internal static class SizeOption
{
    /// <summary>An option whose values are refused with a line that names them when they are no size.</summary>
    public static Option<long?> Create(string name, string description) => new(name)
    {
        Description = $"{description} ({ByteSize.Allowed})",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ByteSize.TryParse(text, out long bytes))
            {
                return bytes;
            }

            result.AddError($"{name} is {text}; it may be {ByteSize.Allowed}.");
            return null;
        },
    };
}
