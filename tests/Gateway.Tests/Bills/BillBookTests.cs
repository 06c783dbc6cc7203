using CsCheck;
using DaprMoE.Inference;
using DaprMoE.Scheduling;
using Microsoft.Extensions.Time.Testing;

namespace DaprMoE.Gateway.Tests;

public sealed class BillBookTests
{
    private static readonly BillPrices Prices = new([KeyValuePair.Create("cpu", 1e-5), KeyValuePair.Create("gpu", 3e-5)], perCall: 2e-20);

    private static readonly Gen<List<(int What, int Which, int Also, int Elapsed)>> Steps =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 1_000_000], Gen.Int[0, 1_000_000], Gen.Int[0, 200]).List[1, 150];

    [Fact]
    public void Bill_ChurnFailuresLostDevicesPolicies_PartsAddUpToTheWhole() => Steps.Sample(
        steps =>
        {
            BookPlayer player = new(Prices);
            player.Play(steps);
            BillReport bill = player.Book.Read();
            double nonExpert = BookPlayer.NonExpertBytes * bill.Seconds / 1e9;
            Near(player.HeldByteUs / 1e15 + nonExpert, bill.Total.Actual.ResidencyGbSeconds);
            Near(player.ActiveByteUs / 1e15, bill.Total.Actual.ActiveGbSeconds);
            Assert.Equal(player.Calls, bill.Total.Actual.Calls);
            AddUp(bill, part => part.Actual);
            AddUp(bill, part => part.Static ?? new BillFigures(0, 0, 0));
            Near(bill.Total.Actual.ResidencyGbSeconds, Sum(bill.Devices, part => part.Actual.ResidencyGbSeconds) + nonExpert);
        },
        iter: 400);

    [Fact]
    public void Bill_RequestsThatEnded_AreListedAsTheyWereTold() => Steps.Sample(
        steps =>
        {
            BookPlayer player = new(Prices);
            player.Play(steps);
            Dictionary<string, BillPart> listed = player.Book.Read().Requests.Where(part => part.State == "ended").ToDictionary(part => part.Name);
            foreach (BillPart told in player.Ended)
            {
                Assert.Equal(told.Actual, listed[told.Name].Actual);
                Assert.Equal(told.Static, listed[told.Name].Static);
            }
        },
        iter: 100);

    [Fact]
    public void Bill_Looking_ChangesNothing() => Steps.Sample(
        steps =>
        {
            BookPlayer seen = new(Prices);
            BookPlayer unseen = new(Prices);
            unseen.Play(steps);
            foreach (var step in steps)
            {
                seen.Play([step]);
                seen.Book.Read();
                seen.Book.Sums();
            }

            Assert.Equal(unseen.Ended.Count, seen.Ended.Count);
            Assert.All(unseen.Ended.Zip(seen.Ended), pair => Assert.Equal(pair.First.Actual, pair.Second.Actual));
        },
        iter: 100);

    [Fact]
    public void Bill_Experts_AreShortenedToThoseThatHeldMost()
    {
        BookPlayer player = new(Prices);
        player.Play(Enumerable.Range(0, 60).Select(step => (What: 1, Which: step * 7, Also: step, Elapsed: 10)));
        BillReport all = player.Book.Read();
        BillReport few = player.Book.Read(experts: 3);
        Assert.Equal(BookPlayer.Layers * BookPlayer.ExpertsPerLayer, all.Experts.Count);
        Assert.Equal(4, few.Experts.Count);
        Assert.Equal(("others", 9L), (few.Experts[^1].Name, few.Experts[^1].Count));
        Assert.Equal(
            all.Experts.Select(part => part.Actual.ResidencyGbSeconds).OrderDescending().Take(3).Order(),
            few.Experts.Take(3).Select(part => part.Actual.ResidencyGbSeconds).Order());
        Near(Sum(all.Experts, part => part.Actual.ResidencyGbSeconds), Sum(few.Experts, part => part.Actual.ResidencyGbSeconds));
    }

    [Fact]
    public void Book_ManyRequests_NamesTheLatestOnly()
    {
        BillBook book = new(BilledModel.None, Prices, new FakeTimeProvider(), "static");
        for (int i = 0; i < 200; i++)
        {
            new RequestBills(book, $"r{i}").Dispose();
        }

        IReadOnlyList<BillPart> requests = book.Read().Requests;
        Assert.Equal(65, requests.Count);
        Assert.Equal("r199", requests[0].Name);
        Assert.Equal(136, requests[^1].Count);
    }

    [Fact]
    public void Layers_SteadyState_AllocateNothing()
    {
        BookPlayer player = new(Prices);
        BilledLayers layers = new(new NoLayer(), player.Book, mostSequences: 2);
        using RequestBills request = new(player.Book, "a");
        ForwardRun[] runs = [new ForwardRun(0, 0, 3, 0, 0) { RequestId = "a" }];
        Round(layers, runs);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 1_000; round++)
        {
            Round(layers, runs);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void Round(BilledLayers layers, ForwardRun[] runs)
    {
        layers.BeginIteration(new ForwardRows { Tokens = [], Runs = runs });
        layers.Forward(new MoeLayerCall
        {
            Layer = 0,
            HiddenSize = 1,
            TopK = 1,
            Input = [],
            Experts = [],
            Weights = [],
            Output = [],
        });
    }

    private static void AddUp(BillReport bill, Func<BillPart, BillFigures> of)
    {
        BillFigures total = of(bill.Total);
        double nonExpert = of(bill.NonExpert).ResidencyGbSeconds;
        Near(total.ActiveGbSeconds, Sum(bill.Layers, part => of(part).ActiveGbSeconds));
        Near(total.ActiveGbSeconds, Sum(bill.Experts, part => of(part).ActiveGbSeconds));
        Near(total.ResidencyGbSeconds, Sum(bill.Layers, part => of(part).ResidencyGbSeconds) + nonExpert);
        Near(total.ResidencyGbSeconds, Sum(bill.Experts, part => of(part).ResidencyGbSeconds) + nonExpert);
        Near(total.ResidencyGbSeconds, Sum(bill.Memory, part => of(part).ResidencyGbSeconds));
        Whole(total, [.. bill.Policies.Select(of)]);
        Whole(total with { ActiveGbSeconds = Sum(bill.Requests, part => of(part).ActiveGbSeconds) }, [.. bill.Requests.Append(bill.Unattributed).Select(of)]);
        Assert.InRange(Sum(bill.Requests, part => of(part).ActiveGbSeconds), 0, total.ActiveGbSeconds * (1 + 1e-9) + 1e-21);
    }

    private static void Whole(BillFigures total, IReadOnlyList<BillFigures> parts)
    {
        Near(total.ActiveGbSeconds, parts.Sum(part => part.ActiveGbSeconds));
        Near(total.ResidencyGbSeconds, parts.Sum(part => part.ResidencyGbSeconds));
        Near(total.Money, parts.Sum(part => part.Money));
        Near(total.Calls ?? 0, parts.Sum(part => part.Calls ?? 0));
    }

    private static double Sum(IEnumerable<BillPart> parts, Func<BillPart, double> figure) => parts.Sum(figure);

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, (1e-9 * Math.Abs(expected)) + 1e-21);

    private sealed class NoLayer : IMoeLayer
    {
        public void Forward(in MoeLayerCall call)
        {
        }
    }
}
