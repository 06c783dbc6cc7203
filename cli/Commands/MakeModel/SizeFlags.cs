using System.CommandLine;
using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Cli;

/// <summary>The sizes of a checkpoint that is made.</summary>
internal sealed class SizeFlags
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

    /// <summary>The sizes of a command line.</summary>
    /// <exception cref="CommandException">Sizes are not allowed; all of them are named.</exception>
    public RandomCheckpointOptions Read(ParseResult arguments)
    {
        RandomCheckpointOptions options = new()
        {
            Family = arguments.GetValue(_family)!,
            Hidden = arguments.GetValue(_hidden),
            Layers = arguments.GetValue(_layers),
            Experts = arguments.GetValue(_experts),
            TopK = arguments.GetValue(_topK),
            Ffn = arguments.GetValue(_ffn),
            Heads = arguments.GetValue(_heads),
            KvHeads = arguments.GetValue(_kvHeads),
            HeadDim = arguments.GetValue(_headDim),
            Vocab = arguments.GetValue(_vocab),
            MaxPositions = arguments.GetValue(_maxPositions),
            TieEmbeddings = arguments.GetValue(_tied),
            DType = arguments.GetValue(_dtype),
            Seed = arguments.GetValue(_seed) ?? Defaults.Seed,
        };
        return options.Faults() is { Count: > 0 } faults
            ? throw CommandException.Usage(string.Join("; ", faults.Select(NameOption)) + ".")
            : options;
    }

    private static Option<int> Size(string name, string description, int size) =>
        new(name) { Description = description, DefaultValueFactory = _ => size, HelpName = "N" };

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

    /// <summary>Begins a fault with the option's name where the library has the property's: <c>TopK is …</c>.</summary>
    private static string NameOption(string fault)
    {
        int end = fault.IndexOf(' ', StringComparison.Ordinal);
        IEnumerable<string> letters = fault[..end].Select(letter => char.IsUpper(letter) ? "-" + char.ToLowerInvariant(letter) : letter.ToString());
        return "-" + string.Concat(letters) + fault[end..];
    }
}
