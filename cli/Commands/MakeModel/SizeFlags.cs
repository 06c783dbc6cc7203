using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>The sizes of a checkpoint that is made.</summary>
internal sealed partial class SizeFlags
{
    private static readonly RandomCheckpointOptions Defaults = new();
    private readonly Option<string> _family = new("--family")
    {
        Description = $"Family: {string.Join(", ", ModelFamilies.Names)}",
        DefaultValueFactory = _ => Defaults.Family,
        HelpName = "NAME",
    };

    private readonly Option<int> _hidden = Size("--hidden", "Width of the residual stream", Defaults.Hidden);
    private readonly Option<int> _layers = Size("--layers", "Layers", Defaults.Layers);
    private readonly Option<int> _experts = Size("--experts", "Experts per layer", Defaults.Experts);
    private readonly Option<int> _topK = Size("--top-k", "Experts per token", Defaults.TopK);
    private readonly Option<int> _ffn = Size("--ffn", "Width of an expert", Defaults.Ffn);
    private readonly Option<int> _heads = Size("--heads", "Query heads", Defaults.Heads);
    private readonly Option<int> _kvHeads = Size("--kv-heads", "Key and value heads", Defaults.KvHeads);
    private readonly Option<int> _headDim = Size("--head-dim", "Values per head", Defaults.HeadDim);
    private readonly Option<int> _vocab = Size("--vocab", "Entries of the vocabulary", Defaults.Vocab);
    private readonly Option<int> _maxPositions = Size("--max-positions", "Longest context", Defaults.MaxPositions);
    private readonly Option<bool> _tied = new("--tied") { Description = "Use the embedding as the output matrix." };
    private readonly Option<DType> _dtype = new("--dtype")
    {
        Description = "Stored format: f32, bf16, f16",
        DefaultValueFactory = _ => Defaults.DType,
        CustomParser = result => ParseType(result),
        HelpName = "TYPE",
    };

    private readonly Option<ulong?> _seed = NumberOption.AtLeast("--seed", 0UL, "The same seed gives the same weights");

    public void AddTo(Command command)
    {
        Option[] options =
        [
            _family, _hidden, _layers, _experts, _topK, _ffn, _heads, _kvHeads, _headDim, _vocab, _maxPositions, _tied, _dtype, _seed,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The sizes of a command line; for an option whose value is none, its default.</summary>
    public RandomCheckpointOptions Read(ParseResult arguments) => new()
    {
        Family = Value(arguments, _family, Defaults.Family),
        Hidden = Value(arguments, _hidden, Defaults.Hidden),
        Layers = Value(arguments, _layers, Defaults.Layers),
        Experts = Value(arguments, _experts, Defaults.Experts),
        TopK = Value(arguments, _topK, Defaults.TopK),
        Ffn = Value(arguments, _ffn, Defaults.Ffn),
        Heads = Value(arguments, _heads, Defaults.Heads),
        KvHeads = Value(arguments, _kvHeads, Defaults.KvHeads),
        HeadDim = Value(arguments, _headDim, Defaults.HeadDim),
        Vocab = Value(arguments, _vocab, Defaults.Vocab),
        MaxPositions = Value(arguments, _maxPositions, Defaults.MaxPositions),
        TieEmbeddings = Value(arguments, _tied, Defaults.TieEmbeddings),
        DType = Value(arguments, _dtype, Defaults.DType),
        Seed = Value(arguments, _seed, Defaults.Seed) ?? Defaults.Seed,
    };

    /// <summary>Sizes that are not allowed, or not together.</summary>
    public IEnumerable<string> Faults(ParseResult arguments) => Read(arguments).Faults().Select(fault => NameOptions(fault) + ".");

    private static T Value<T>(ParseResult arguments, Option<T> option, T otherwise) =>
        arguments.GetResult(option) is { } result && !result.Errors.Any() ? arguments.GetValue(option)! : otherwise;

    private static Option<int> Size(string name, string description, int size) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => size,
            HelpName = "N",
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (int.TryParse(text, CultureInfo.InvariantCulture, out int value))
                {
                    return value;
                }

                result.AddError($"{name} is {text}; it may be a whole number.");
                return size;
            },
        };

    private static DType ParseType(System.CommandLine.Parsing.ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        switch (text)
        {
            case "f32":
                return DType.F32;
            case "bf16":
                return DType.BF16;
            case "f16":
                return DType.F16;
            default:
                result.AddError($"--dtype is {text}; it may be f32, bf16 or f16.");
                return default;
        }
    }

    /// <summary>Names options where the library names its properties: <c>KvHeads is …</c>.</summary>
    private static string NameOptions(string fault) => Property().Replace(fault, name =>
        "-" + string.Concat(name.Value.Select(letter => char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString())));

    [GeneratedRegex(@"\b(Family|Hidden|Layers|Experts|TopK|Ffn|Heads|KvHeads|HeadDim|Vocab|MaxPositions)\b")]
    private static partial Regex Property();
}
