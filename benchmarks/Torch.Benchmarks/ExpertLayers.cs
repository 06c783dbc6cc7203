using DaprMoE.Experts;
using DaprMoE.Models;
using DaprMoE.Scheduling;

namespace DaprMoE.Torch.Benchmarks;

/// <summary>All expert layers of a model, one after another, on one device without a budget; each layer's tokens go to random experts.</summary>
internal sealed class ExpertLayers : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly ExpertHost _host;
    private readonly Routing[] _layers;
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly MoeFeedForward _shape;
    private readonly int _hidden;
    private long _call;

    /// <param name="model">The model.</param>
    /// <param name="backends">Makes the device's backend; owned.</param>
    /// <param name="tokens">Rows of each layer.</param>
    public ExpertLayers(ModelDescription model, IExpertBackendFactory backends, int tokens)
    {
        Random random = new(7);
        _hidden = model.HiddenSize;
        _shape = (MoeFeedForward)model.Layers[0];
        _host = ExpertHost.Create(model, new ExpertHostOptions(), backends, TimeProvider.System);
        _layers = [.. model.Layers.Select(_ => Routing.Random(random, tokens, _shape.Experts, _shape.TopK))];
        _input = [.. Enumerable.Range(0, tokens * _hidden).Select(_ => (float)(random.NextDouble() - 0.5))];
        _output = new float[tokens * _shape.TopK * _hidden];
    }

    /// <summary>Floating-point operations of one run.</summary>
    public double Operations => _layers.Sum(layer => 6.0 * layer.Rows.Length * _hidden * _shape.FfnSize);

    /// <summary>Bytes of weights that one run reads.</summary>
    public double Bytes(int bytesPerWeight) => _layers.Sum(layer => 3.0 * layer.Groups.Length * _hidden * _shape.FfnSize * bytesPerWeight);

    public void Run()
    {
        for (int layer = 0; layer < _layers.Length; layer++)
        {
            Routing routing = _layers[layer];
            IExpertDevice device = _host.Devices[0];
            device.Start(++_call, layer, routing.Groups, Timeout);
            ExpertOutcome outcome = device.Forward(_call, new ExpertWork
            {
                Layer = layer,
                Input = _input,
                Rows = routing.Rows,
                Groups = routing.Groups,
                Output = _output,
            });
            if (outcome.Kind != ExpertOutcomeKind.Done)
            {
                throw new InvalidOperationException($"Layer {layer} ended with {outcome}.");
            }
        }
    }

    public void Dispose() => _host.Dispose();

    /// <summary>The pairs of one layer, sorted by expert.</summary>
    private sealed record Routing(ReplicaGroup[] Groups, int[] Rows)
    {
        public static Routing Random(Random random, int tokens, int experts, int topK)
        {
            List<int>[] tokensOf = [.. Enumerable.Range(0, experts).Select(_ => new List<int>())];
            for (int token = 0; token < tokens; token++)
            {
                foreach (int expert in Enumerable.Range(0, experts).OrderBy(_ => random.Next()).Take(topK))
                {
                    tokensOf[expert].Add(token);
                }
            }

            int first = 0;
            List<ReplicaGroup> groups = [];
            for (int expert = 0; expert < experts; expert++)
            {
                if (tokensOf[expert].Count > 0)
                {
                    groups.Add(new ReplicaGroup(expert, 0, first, tokensOf[expert].Count));
                    first += tokensOf[expert].Count;
                }
            }

            return new Routing([.. groups], [.. tokensOf.SelectMany(list => list)]);
        }
    }
}
