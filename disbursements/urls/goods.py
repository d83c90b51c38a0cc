"""Addresses of stores and what is handed out of them."""

from django.urls import URLPattern, path

from disbursements.views import goods_acts, goods_donations, goods_handouts, goods_papers, goods_stock

urlpatterns: list[URLPattern] = [
    path("goods/", goods_stock.stock, name="goods_stock"),
    path("goods/kinds/new/", goods_stock.goods_new, name="goods_new"),
    path("goods/stores/new/", goods_stock.store_new, name="store_new"),
    path("goods/stores/<str:reference>/", goods_stock.store_page, name="store_page"),
    path("goods/papers/new/<slug:kind>/", goods_papers.paper_new, name="stock_paper_new"),
    path("goods/papers/<str:reference>/", goods_papers.paper_page, name="stock_paper_page"),
    path("goods/papers/<str:reference>/arrive/", goods_papers.paper_arrive, name="stock_paper_arrive"),
    path("goods/papers/<str:reference>/correct/", goods_papers.paper_correct, name="stock_paper_correct"),
    path("goods/handouts/", goods_handouts.handout_list, name="handout_list"),
    path("goods/handouts/new/", goods_handouts.handout_new, name="handout_new"),
    path("goods/handouts/<str:reference>/", goods_handouts.handout_page, name="handout_page"),
    path("goods/handouts/<str:reference>/results/", goods_acts.handout_results, name="handout_results"),
    path("goods/handouts/<str:reference>/upload/", goods_acts.handout_upload_new, name="handout_upload_new"),
    path(
        "goods/handouts/<str:reference>/upload/<int:number>/",
        goods_acts.handout_upload_page,
        name="handout_upload_page",
    ),
    path(
        "goods/handouts/<str:reference>/upload/<int:number>/record/",
        goods_acts.handout_upload_record,
        name="handout_upload_record",
    ),
    path("goods/handouts/<str:reference>/files/", goods_handouts.handout_files, name="handout_files"),
    path(
        "goods/handouts/<str:reference>/files/<slug:kind>/", goods_handouts.handout_file, name="handout_file"
    ),
    path("goods/handouts/<str:reference>/lines/<str:line>/", goods_acts.handout_line, name="handout_line"),
    path("goods/handouts/<str:reference>/<slug:act>/", goods_acts.handout_act, name="handout_act"),
    path("donations/", goods_donations.donation_list, name="donation_list"),
    path("donations/new/", goods_donations.donation_new, name="donation_new"),
    path("donations/<str:reference>/", goods_donations.donation_page, name="donation_page"),
]
