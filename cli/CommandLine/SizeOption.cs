using System.CommandLine;
using DaprMoE.ServiceDefaults;

namespace DaprMoE.Cli;

/// <summary>Options that take an amount of memory.</summary>
internal static class SizeOption
{
    /// <summary>An option that takes a size above 0.</summary>
    public static Option<ByteSize?> Create(string name, string description) => new(name)
    {
        Description = $"{description} (such as 4MiB or 24GB)",
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (ByteSize.TryParse(text, out ByteSize size) && size.Bytes > 0)
            {
                return size;
            }

            result.AddError($"{name} is {text}; it may be {ByteSize.Allowed}, above 0.");
            return null;
        },
    };
}
