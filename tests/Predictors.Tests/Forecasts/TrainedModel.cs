using DaprMoE.Models;
using DaprMoE.Tensors;

namespace DaprMoE.Predictors.Tests;

/// <summary>A small model with predictors, trained once for the tests of a class.</summary>
public sealed class TrainedModel : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WorkerPool _workers = new(2);

    public TrainedModel()
    {
        Model = TestModels.OpenSmall(_folder);
        Predictors = PredictorTraining.Run(
            Model, SyntheticRecording.Of(Model, prompts: 120),
            new PredictorTrainingOptions { Distances = [1], MlpSeeds = 1, MlpUnits = 32, MlpEpochs = 6, GateEpochs = 6, TrainBelow = 1 });
        Setup = new LoadPredictorSetup { Model = Model, Trained = Predictors, Workers = _workers, MaxRows = 16 };
    }

    public PackedModel Model { get; }

    public PredictorSet Predictors { get; }

    public LoadPredictorSetup Setup { get; }

    public void Dispose()
    {
        _workers.Dispose();
        Model.Dispose();
        _folder.Dispose();
    }
}
