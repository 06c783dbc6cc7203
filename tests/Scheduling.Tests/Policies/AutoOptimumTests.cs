namespace DaprMoE.Scheduling.Tests;

/// <summary>
/// Auto's relief copies against the best there are, by a second opinion: every set of relief copies is tried, and what it is worth is the
/// least layer time over every division of the tokens, worked out here without any of the policy's code.
/// </summary>
public sealed class AutoOptimumTests
{
    private const int Experts = 6;
    private const int Devices = 3;
    private const int MostExtra = 2;
    private const int Cases = 150;
    private const double Theta = 0.12;

    [Fact]
    public void Decide_OneSample_ComesCloseToTheBestReliefCopies()
    {
        Random random = new(11);
        double sum = 0;
        double worst = 0;
        double gained = 0;
        for (int number = 0; number < Cases; number++)
        {
            int[] loads = [.. Enumerable.Range(0, Experts).Select(_ => (int)(600 * Math.Pow(random.NextDouble(), 3)))];
            loads[0]++;
            (int Expert, int Device)[] chosen = Decide(loads);
            double best = Sets().Min(set => Worth(loads, set));
            double ratio = Worth(loads, chosen) / best;
            (sum, worst) = (sum + ratio, Math.Max(worst, ratio));
            gained += Worth(loads, []) / best;
        }

        Assert.True(gained / Cases > 1.1, $"relief copies are worth only {gained / Cases}: the cases are too easy");
        Assert.True(sum / Cases <= 1.02, $"mean {sum / Cases}, worst {worst}");
        Assert.True(worst <= 1.2, $"mean {sum / Cases}, worst {worst}");
    }

    private static (int Expert, int Device)[] Decide(int[] loads)
    {
        AutoOptions auto = new() { MaxExtra = MostExtra, MaxResidency = 1000, Theta = Theta };
        PolicyBench bench = new("auto", Experts, Devices, slots: Experts, new PolicyOptions { Auto = auto });
        bench.History.Add([.. loads.Select(load => (double)load)]);
        bench.Decide();
        return [.. bench.Plan.Replicas.ToArray()
            .Where(replica => replica.Device != Home(replica.Expert))
            .Select(replica => (replica.Expert, replica.Device))];
    }

    private static int Home(int expert) => expert * Devices / Experts;

    private static IEnumerable<(int Expert, int Device)[]> Sets()
    {
        (int Expert, int Device)[] all =
        [
            .. from expert in Enumerable.Range(0, Experts)
               from device in Enumerable.Range(0, Devices)
               where device != Home(expert)
               select (expert, device),
        ];
        yield return [];
        for (int first = 0; first < all.Length; first++)
        {
            yield return [all[first]];
            for (int second = first + 1; second < all.Length; second++)
            {
                yield return [all[first], all[second]];
            }
        }
    }

    private static double Worth(int[] loads, (int Expert, int Device)[] relief)
    {
        double[] devices = new double[Devices];
        return Least(loads, relief, expert: 0, devices) * Math.Exp(Theta / Experts * relief.Length);
    }

    /// <summary>The time of the slowest device, the experts before one being divided already; shares in steps of 1/24.</summary>
    private static double Least(int[] loads, (int Expert, int Device)[] relief, int expert, double[] devices)
    {
        if (expert == Experts)
        {
            return devices.Max(seconds => seconds > 0 ? seconds + PolicyBench.Roofline.CallConstant : 0);
        }

        int[] homes = [Home(expert), .. relief.Where(copy => copy.Expert == expert).Select(copy => copy.Device)];
        double least = double.PositiveInfinity;
        foreach (int[] parts in Divisions(loads[expert], homes.Length))
        {
            double[] after = [.. devices];
            for (int i = 0; i < parts.Length; i++)
            {
                after[homes[i]] += parts[i] > 0 ? Math.Max(100e-6, parts[i] * 1e-6) : 0;
            }

            least = Math.Min(least, Least(loads, relief, expert + 1, after));
        }

        return least;
    }

    private static IEnumerable<int[]> Divisions(int tokens, int copies)
    {
        if (copies == 1)
        {
            yield return [tokens];
            yield break;
        }

        for (int step = 0; step <= 24; step++)
        {
            int first = tokens * step / 24;
            foreach (int[] rest in Divisions(tokens - first, copies - 1))
            {
                yield return [first, .. rest];
            }
        }
    }
}
