using DaprMoE.Dispatch;
using DaprMoE.Inference;
using DaprMoE.Ports;
using DaprMoE.Text;

namespace DaprMoE.Gateway;

/// <summary>A model with everything that requests need of it. Disposing it stops its engine and frees its memory.</summary>
public sealed class ServedModel : IDisposable
{
    /// <summary>The id that requests name it by.</summary>
    public required string Id { get; init; }

    /// <summary>The engine.</summary>
    public required IGenerationEngine Engine { get; init; }

    /// <summary>Where its experts are.</summary>
    public required IExpertInventory Experts { get; init; }

    /// <summary>Decides which replicas its experts have; null where nothing is to be decided.</summary>
    public FastLoop? Loop { get; init; }

    /// <summary>What happens to its experts and layers.</summary>
    public ExpertEvents Events { get; init; } = new();

    /// <summary>What its forward passes show; nothing where the engine does not tell.</summary>
    public ForwardEvents Forward { get; init; } = new();

    /// <summary>What plans are made for; null where none are made.</summary>
    public ExpertLayout? Layout { get; init; }

    /// <summary>What its devices can be asked, layers being those of the model; null where nobody asks.</summary>
    public IExpertControl? Control { get; init; }

    /// <summary>The sequences that the engine has open; null where nobody asks.</summary>
    public RequestBook? Requests { get; init; }

    /// <summary>Loads by token id; null when no table was trained for the model.</summary>
    public ITokenLoads? TokenLoads { get; init; }

    /// <summary>Experts of each layer; 0 for a dense one.</summary>
    public IReadOnlyList<int> ExpertsPerLayer { get; init; } = [];

    /// <summary>What its experts' memory and calls come to.</summary>
    public BillBook Bill { get; init; } = new();

    /// <summary>The clock of its devices; null where it is the process's.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>How many token ids the model knows: 0 to this less one, whether the tokenizer has a text for them or not.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>The tokenizer.</summary>
    public required Tokenizer Tokenizer { get; init; }

    /// <summary>The chat template; null when the checkpoint has none, and then there are only completions.</summary>
    public ChatTemplate? Template { get; init; }

    /// <summary>What requests get where they say nothing.</summary>
    public GenerationDefaults Defaults { get; init; } = new();

    /// <summary>When it was loaded.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>What it holds, in the order to dispose of.</summary>
    public IReadOnlyList<IDisposable> Resources { get; init; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable resource in Resources)
        {
            resource.Dispose();
        }
    }
}
