namespace DaprMoE.Predictors;

/// <summary>Microseconds of one forecast, beside those of the layer's own gate on the same rows, threads and minute.</summary>
/// <param name="Rows">Rows of the iteration.</param>
/// <param name="Threads">Threads.</param>
/// <param name="OwnGate">Microseconds of the layer's own gate: its product, and the choice of experts.</param>
/// <param name="Predictors">Each predictor's forecast for the layer after the first.</param>
public sealed record ForecastCost(int Rows, int Threads, double OwnGate, IReadOnlyList<PredictorCost> Predictors)
{
    private const int Samples = 201;
    private const int PerSample = 8;

    /// <summary>Measures. Medians of alternating samples: what else the machine does falls on all alike.</summary>
    /// <param name="setup">The model, its predictors and the threads.</param>
    /// <param name="rows">Rows of the iteration.</param>
    /// <param name="clock">The clock.</param>
    public static ForecastCost Measure(LoadPredictorSetup setup, int rows, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(setup);
        ArgumentNullException.ThrowIfNull(clock);
        string[] names = [.. Measurable(setup.Trained)];
        using CostBench bench = new(setup, rows);
        ILoadPredictor[] predictors = [.. names.Select(name => LoadPredictors.Create(name, setup))];
        try
        {
            double[][] micros = [.. Enumerable.Range(0, names.Length + 1).Select(_ => new double[Samples])];
            for (int sample = 0; sample < Samples; sample++)
            {
                micros[0][sample] = Time(clock, bench.OwnGate);
                for (int i = 0; i < predictors.Length; i++)
                {
                    ILoadPredictor predictor = predictors[i];
                    micros[i + 1][sample] = Time(clock, () => bench.Forecast(predictor));
                }
            }

            return new ForecastCost(
                rows, setup.Workers.Workers, Median([.. micros[0]]),
                [.. names.Select((name, i) => Cost(name, micros[i + 1], micros[0]))]);
        }
        finally
        {
            Array.ForEach(predictors, predictor => predictor.Dispose());
        }
    }

    private static IEnumerable<string> Measurable(PredictorSet? trained)
    {
        yield return PredictorNames.SpeculativeGate;
        if (trained?.Pairs.Any(pair => pair.Mlp is not null) == true)
        {
            yield return PredictorNames.SpeculativeMlp;
        }

        if (trained is not null)
        {
            yield return PredictorNames.TokenTable;
        }
    }

    private static PredictorCost Cost(string name, double[] micros, double[] ownGate)
    {
        double ratio = Median([.. micros.Zip(ownGate, (forecast, own) => forecast / own)]);
        return new PredictorCost(name, Median([.. micros]), ratio);
    }

    private static double Time(TimeProvider clock, Action work)
    {
        long start = clock.GetTimestamp();
        for (int i = 0; i < PerSample; i++)
        {
            work();
        }

        return clock.GetElapsedTime(start).TotalMicroseconds / PerSample;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}

/// <summary>A predictor's cost.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Microseconds">Of one forecast.</param>
/// <param name="OfOwnGate">The median ratio to the own gate, sample by sample.</param>
public sealed record PredictorCost(string Name, double Microseconds, double OfOwnGate);
